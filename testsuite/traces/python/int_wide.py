"""Ints beyond the small ones: each operation is one call of the runtime."""


def f(n):
    h = 0xCBF29CE484222325
    for i in range(n):  # jit: call<=3
        h = ((h ^ i) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


print(f(1000))
# expect: 10992378149551695325
