"""A keyword argument."""


def g(a, b=3):
    return a + b


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined g
        s += g(i, b=4)
    return s


print(f(3000))  # expect: 4510500
