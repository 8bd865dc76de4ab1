"""Floats are unboxed."""


def f(n):
    s = 0.0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=14
        s += i * 0.5
    return s


print(f(3000))  # expect: 2249250.0
