"""A generator that looks for its next item in a loop of its own, in a loop that consumes it."""


def keep(n):
    for i in range(n):
        if i * 7 % 5 < 2:
            yield i


def f(n):
    s = 0
    for x in keep(n):  # jit: call<=1; no-alloc
        s += x
    return s


print(f(9000))  # expect: 16196400
