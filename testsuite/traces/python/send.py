"""Values are sent to a generator."""


def summing():
    total = 0
    while True:
        got = yield total
        if got is None:
            return total
        total += got


def f(n):
    g = summing()
    next(g)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; inlined summing
        s += g.send(i)
    try:
        g.send(None)
    except StopIteration as end:
        return s, end.value


print(f(3000))  # expect: (4499999500, 4498500)
