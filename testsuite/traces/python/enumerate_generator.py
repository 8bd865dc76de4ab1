"""enumerate of a generator."""


def double(n):
    for i in range(n):
        yield i * 2


def f(n):
    s = 0
    for i, x in enumerate(double(n)):  # jit: no-call; no-alloc; inlined double
        s += x - i
    return s


print(f(3000))  # expect: 4498500
