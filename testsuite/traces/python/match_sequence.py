"""Sequence patterns: the class and the length are looked at, no more."""


def f(items, n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc
        match items[i & 3]:
            case ("add", x):
                s += x
            case ("sub", x):
                s -= x
            case [x, y, z]:
                s += x + y + z
            case int(x):
                s += x
    return s


print(f([("add", 5), ("sub", 2), [1, 2, 3], 7], 4000))  # expect: 16000
