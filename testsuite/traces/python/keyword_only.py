"""Keyword-only parameters with and without defaults."""


def g(a, *, b, c=1):
    return a * b + c


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined g
        s += g(i, b=2) + g(i, c=3, b=1)
    return s


print(f(3000))  # expect: 13507500
