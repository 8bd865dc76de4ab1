"""StopIteration raised inside a generator becomes RuntimeError (PEP 479)."""
def direct():
    yield 1
    raise StopIteration("inner")
it = direct()
next(it)
try:
    next(it)
except RuntimeError as error:
    print(error, "|", repr(error.__cause__))  # expect: generator raised StopIteration | StopIteration('inner')
def indirect(source):
    while True:
        yield next(source)
try:
    list(indirect(iter([1, 2])))
except RuntimeError as error:
    print(error)  # expect: generator raised StopIteration
g = (next(iter([])) for _ in range(2))
try:
    list(g)
except RuntimeError as error:
    print(error)  # expect: generator raised StopIteration
def thrown():
    yield
it = thrown()
next(it)
try:
    it.throw(StopIteration(5))
except RuntimeError as error:
    print(error, error.__cause__.value)  # expect: generator raised StopIteration 5
def caught():
    try:
        yield next(iter(()))
    except StopIteration:
        yield "inside"
print(list(caught()))  # expect: ['inside']
def value_forms():
    return (yield 1)
it = value_forms()
next(it)
try:
    it.send((1, 2))
except StopIteration as stop:
    print(stop.value, stop.args)  # expect: (1, 2) ((1, 2),)
