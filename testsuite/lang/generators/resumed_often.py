"""Generators that are resumed so often that they get code of their own: filters, recursive ones, what is sent and raised."""
import sys


def flatten(tree):
    for x in tree:
        if isinstance(x, list):
            yield from flatten(x)
        else:
            yield x
    return len(tree)


def total_of(tree):
    lengths = 0
    for x in tree:
        if isinstance(x, list):
            lengths += yield from total_of(x)
        else:
            yield x
    return lengths + len(tree)


def keep(pred, it):
    for x in it:
        if pred(x):
            yield x


def nested(depth, width):
    return [nested(depth - 1, width) if depth and i % 2 else i for i in range(width)]


def walk(depth):
    if depth:
        yield from walk(depth - 1)
        yield depth
        yield from walk(depth - 1)


def echo():
    got = 0
    while True:
        got = yield got
        if got is None:
            return "end"
        got *= 2


def boom(n):
    for i in range(n):
        if i == n - 1:
            raise KeyError(i)
        yield i


def delegates(n):
    try:
        yield from boom(n)
    except KeyError as e:
        yield "caught", e.args[0]
    yield "after"


def names():
    while True:
        f = sys._getframe()
        yield f.f_back.f_code.co_name, f.f_back.f_back.f_code.co_name


def through_one():
    yield from through_two()


def through_two():
    yield from names()


def itself():
    n = 0
    while True:
        n += 1
        if n % 900 == 0:
            try:
                next(generator)
            except ValueError as e:
                yield str(e)
        yield n


def cleans_up(log):
    i = 0
    try:
        while True:
            i += 1
            if i % 3:
                continue
            yield i
    finally:
        log.append(i)


tree = nested(4, 8)
for _ in range(3):
    print(sum(flatten(tree)), len(list(flatten(tree))))
    s = 0
    for k, x in enumerate(flatten(tree)):
        s += k * x
    print(s)


def returned(generator):
    return (yield from generator)


g = returned(total_of(tree))
try:
    while True:
        next(g)
except StopIteration as e:
    print(e.value)
for _ in range(3):
    print(sum(x for x in keep(lambda x: x % 3 == 0, range(3000))))
    s = 0
    for x in keep(lambda x: x % 7 == 0, keep(lambda x: x % 2 == 0, range(3000))):
        s += x
    print(s)
print(sum(walk(11)), list(walk(3)))
e = echo()
next(e)
print(sum([e.send(i) for i in range(2000)]))
try:
    e.send(None)
except StopIteration as x:
    print(x.value)
for n in (3, 500, 1000):
    items = list(delegates(n))
    print(len(items), items[-2:])
g = through_one()
print({next(g) for _ in range(1000)})
generator = itself()
print([x for _, x in zip(range(2000), generator) if isinstance(x, str)])
log = []
g = cleans_up(log)
s = 0
for x in g:
    s += x
    if x > 3000:
        break
del x
g.close()
print(s, log)
# expect: 8188 2388
# expect: 9808788
# expect: 8188 2388
# expect: 9808788
# expect: 8188 2388
# expect: 9808788
# expect: 2728
# expect: 1498500
# expect: 322070
# expect: 1498500
# expect: 322070
# expect: 1498500
# expect: 322070
# expect: 4083 [1, 2, 1, 3, 1, 2, 1]
# expect: 3998000
# expect: end
# expect: 4 [('caught', 2), 'after']
# expect: 501 [('caught', 499), 'after']
# expect: 1001 [('caught', 999), 'after']
# expect: {('through_two', 'through_one')}
# expect: ['generator already executing', 'generator already executing']
# expect: 1504503 [3003]
