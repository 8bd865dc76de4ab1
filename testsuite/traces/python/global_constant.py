"""A name of the module."""


STEP = 3


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        s += STEP
    return s


print(f(3000))  # expect: 9000
