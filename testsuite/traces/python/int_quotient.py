"""Quotients of ints, with rest and without, and squares need no call."""


def f(n):
    t = 0.0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        q, r = divmod(i, 7)
        t += q / 8 + r + i**2 / 4
    return t


print(f(3000))  # expect: 2248964288.75
