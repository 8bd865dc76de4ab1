"""A function of the module."""


def g(a, b):
    return a * 2 + b


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined g; native<=24
        s += g(i, 1)
    return s


print(f(3000))  # expect: 9000000
