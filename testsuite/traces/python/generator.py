"""A generator that the loop consumes."""


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def f(n):
    s = 0
    for i in count(n):  # jit: no-call; no-alloc; inlined count
        s += i
    return s


print(f(3000))  # expect: 4498500
