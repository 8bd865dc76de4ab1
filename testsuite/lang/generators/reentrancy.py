"""A running generator cannot be resumed."""
def g():
    try:
        next(it)
    except ValueError as error:
        print(error)
    yield 1
    try:
        it.send(None)
    except ValueError as error:
        print(error)
    try:
        it.close()
    except ValueError as error:
        print(error)
    try:
        list(it)
    except ValueError as error:
        print(error)
    print(it.gi_running)
it = g()
print(next(it), it.gi_running)
# expect: generator already executing
# expect: 1 False
print(list(it))
# expect: generator already executing
# expect: generator already executing
# expect: generator already executing
# expect: True
# expect: []
def rec(n):
    if n:
        yield n
        yield from rec(n - 1)
print(list(rec(5)))  # expect: [5, 4, 3, 2, 1]
def interleave():
    a, b = rec(2), rec(3)
    for x, y in zip(a, b):
        yield x * 10 + y
    yield list(a), list(b)
print(list(interleave()))  # expect: [23, 12, ([], [1])]
