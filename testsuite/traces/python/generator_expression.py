"""A generator expression."""


def f(n):
    s = 0
    for x in (i * 2 for i in range(n)):  # jit: no-call; no-alloc
        s += x
    return s


print(f(3000))  # expect: 8997000
