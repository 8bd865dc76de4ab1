"""An inner function that changes the outer variable."""


def f(n):
    k = 0

    def g(x):
        nonlocal k
        k += x

    for i in range(n):  # jit: no-call; no-alloc; inlined g
        g(i)
    return k


print(f(3000))  # expect: 4498500
