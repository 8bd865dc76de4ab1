"""Slices of a list, their sum, and its assignment are one call each; what they make is known to be a list."""


def f(n):
    v = list(range(8))
    for i in range(n):  # jit: call<=4; no-alloc; guard<=4
        v[:4] = v[1:4] + v[:1]
    return v


print(f(3002))  # expect: [2, 3, 0, 1, 4, 5, 6, 7]
