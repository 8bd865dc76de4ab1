"""Ints are unboxed."""


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=10
        s += i
    return s


print(f(3000))  # expect: 4498500
