"""Tuples of plain values are compared without being made."""


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc
        if (i & 1, 'a') < (1, 'b'):
            s += 1
        if (i, 1.5) == (i, 1.5):
            s += 1
    return s


print(f(3000))  # expect: 6000
