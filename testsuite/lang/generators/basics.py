"""Generator functions run lazily."""
def g():
    print("start")
    yield 1
    print("middle")
    yield 2
    print("end")
it = g()
print("created")  # expect: created
print(next(it))
# expect: start
# expect: 1
print(next(it))
# expect: middle
# expect: 2
try:
    next(it)  # expect: end
except StopIteration as stop:
    print("stop", stop.value)  # expect: stop None
try:
    next(it)
except StopIteration as stop:
    print("again", stop.value)  # expect: again None
print(next(it, "default"), list(it))  # expect: default []
def count(n):
    while True:
        yield n
        n += 1
c = count(5)
print([next(c) for _ in range(3)], iter(c) is c)  # expect: [5, 6, 7] True
def empty():
    return
    yield
print(list(empty()), tuple(empty()), sum(empty()))  # expect: [] () 0
def returning():
    yield 1
    return "value"
def delegate():
    result = yield from returning()
    yield result
print(list(delegate()))  # expect: [1, 'value']
print(type(it).__name__, g.__name__, it.__name__, it.__qualname__, it.gi_frame, c.gi_running)  # expect: generator g g g None False
a, b, *rest = (x * x for x in range(5))
print(a, b, rest, 4 in (x for x in range(5)), max(x % 3 for x in range(5)))  # expect: 0 1 [4, 9, 16] True 2
