"""A generator that delegates to another one, and to a list."""


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
    return n


def both(n, items):
    got = yield from count(n)
    yield got
    yield from items


def f(n):
    s = 0
    for i in both(n, [1, 2, 3] * n):  # jit: no-call; no-alloc; inlined both; inlined count
        s += i
    return s


print(f(3000))  # expect: 4519500
