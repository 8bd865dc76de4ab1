"""Exceptions that are raised and caught in the loop: by the program, by a dict, with a value."""


class Full(Exception):
    pass


def check(i):
    if i & 3 == 3:
        raise Full(i)
    return i


def f(n):
    d, s = {0: 1, 1: 2}, 0
    for i in range(n):  # jit: compiled; inlined check
        try:
            s += check(i)
        except (KeyError, Full) as error:
            s += error.args[0]
        try:
            s += d[i & 3]
        except KeyError:
            s += 10
    return s


print(f(3000))  # expect: 4515750
