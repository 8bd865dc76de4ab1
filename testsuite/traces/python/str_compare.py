"""Strings are compared."""


def f(n):
    t, s = 'ab', 0
    for i in range(n):  # jit: no-call; no-alloc
        if t == 'ab':
            s += 1
    return s


print(f(3000))  # expect: 3000
