"""A bool is added as the number that it is."""


def f(n):
    t = 0
    for i in range(n):  # jit: no-call; no-alloc; native<=16
        t += i >= 0
    return t


print(f(3000))  # expect: 3000
