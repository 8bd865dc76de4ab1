"""A list that is repeated is one call."""


def f(n):
    t = 0
    for i in range(n):  # jit: call<=1; alloc<=2
        t += len([i] * 8)
    return t


print(f(3000))  # expect: 24000
