"""`next` of a generator, with and without a default."""


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def f(n):
    s, g = 0, count(n)
    for _ in range(n):  # jit: no-call; no-alloc; inlined count
        s += next(g)
    return s, next(g, 'end')


def h(n):
    s, g = 0, count(n)
    while True:
        i = next(g, None)  # jit: no-call; no-alloc; inlined count
        if i is None:
            return s
        s += i


print(f(3000))  # expect: (4498500, 'end')
print(h(3000))  # expect: 4498500
