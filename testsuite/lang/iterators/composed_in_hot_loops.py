# enumerate and zip in hot loops, alone, nested, with shared iterators, and ending at different times.
def plain(n):
    s = 0
    for i, x in enumerate(range(n), 5):
        s += i * x
    return s


print(plain(2000))  # expect: 2674662000


def pairs(n):
    a = list(range(n))
    b = tuple(range(0, 3 * n, 3))
    s = 0
    for x, y in zip(a, b):
        s += x * y
    for x, y, z in zip(a, range(n - 10), b):
        s -= x + y + z
    return s


print(pairs(1500))  # expect: 3366079225


def nested(n):
    s = 0
    for i, (x, (k, y)) in enumerate(zip(range(n), enumerate(list(range(n)), 2))):
        s += i * k + x - y
    return s


print(nested(1200))  # expect: 576719000


def shared(n):
    it = iter(range(n))
    out = []
    for x, y in zip(it, it):
        out.append(x * 1000 + y)
    return len(out), out[-1]


print(shared(2000))  # expect: (1000, 1999999)


def sometimes_shared(a, b):
    s = 0
    for x, y in zip(a, b):
        s += x - y
    return s


for _ in range(60):
    t = sometimes_shared(iter(range(100)), iter(range(100)))
it = iter(range(100))
print(t, sometimes_shared(it, it))  # expect: 0 -50


def grows(n):
    items = [1, 2, 3]
    count = 0
    for i, x in enumerate(items):
        if len(items) < n:
            items.append(x + i)
        count += 1
    return count, items[-1]


print(grows(1000))  # expect: (1000, 165835)


def big_start():
    last = None
    for i, x in enumerate(range(600), 2**61 - 300):
        last = i
    return last


print(big_start() == 2**61 + 299)  # expect: True


def rest(n):
    it = iter(list(range(n)))
    for x, y in zip(range(n // 2), it):
        pass
    return next(it)


print(rest(1000))  # expect: 500
