"""An attribute of the class."""


class K:
    step = 3


def f(n):
    s, k = 0, K()
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        s += k.step
    return s


print(f(3000))  # expect: 9000
