"""A loop in a loop: the inner one."""


def f(n):
    s = 0
    for i in range(n):
        for j in range(100):  # jit: no-call; no-alloc; no-box; native<=18
            s += i ^ j
    return s


print(f(60))  # expect: 325224
