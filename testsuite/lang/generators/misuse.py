"""Wrong uses of generators and their messages."""
def g():
    x = yield 1
    return x
def error(f):
    try: return f()
    except Exception as e: return f"{type(e).__name__}: {e}."
def ran():
    it = g(); list(it); return it
print(error(lambda: g().send(5)))  # expect: TypeError: can't send non-None value to a just-started generator.
print(error(lambda: next(ran())))  # expect: StopIteration: .
print(error(lambda: g()[0]))  # expect: TypeError: 'generator' object is not subscriptable.
print(error(lambda: len(g())))  # expect: TypeError: object of type 'generator' has no len().
print(error(lambda: g() + g()))  # expect: TypeError: unsupported operand type(s) for +: 'generator' and 'generator'.
print(error(lambda: g()()))  # expect: TypeError: 'generator' object is not callable.
print(error(lambda: g().throw()))  # expect: TypeError: throw expected at least 1 argument, got 0.
print(error(lambda: g().throw(5)))  # expect: TypeError: exceptions must be classes or instances deriving from BaseException, not int.
print(error(lambda: g().throw(ValueError("x"))))  # expect: ValueError: x.
print(error(lambda: g().throw(ValueError)))  # expect: ValueError: .
print(error(lambda: ran().throw(KeyError("after end"))))  # expect: KeyError: 'after end'.
print(error(lambda: ran().send(1)))  # expect: StopIteration: .
print(error(lambda: ran().send(None)), error(lambda: ran().close()))  # expect: StopIteration: . None
print(error(lambda: g().send()))  # expect: TypeError: generator.send() takes exactly one argument (0 given).
print(error(lambda: g().close(1)))  # expect: TypeError: generator.close() takes no arguments (1 given).
print(error(lambda: reversed(g())))  # expect: TypeError: 'generator' object is not reversible.
print(error(lambda: g().foo))  # expect: AttributeError: 'generator' object has no attribute 'foo'.
print(error(lambda: setattr(g(), "x", 1)))
# expect: AttributeError: 'generator' object has no attribute 'x' and no __dict__ for setting new attributes.
print(error(lambda: sorted([g(), g()])))  # expect: TypeError: '<' not supported between instances of 'generator' and 'generator'.
print(error(lambda: list(zip(g(), g(), strict=True))))  # expect: [(1, 1)]
print(error(lambda: [*g(), *5]))  # expect: TypeError: Value after * must be an iterable, not int.
print(error(lambda: type(g())()))  # expect: TypeError: cannot create 'generator' instances.
print(error(lambda: __import__("copy").copy(g())))  # expect: TypeError: cannot pickle 'generator' object.
print(error(lambda: __import__("pickle").dumps(g())))  # expect: TypeError: cannot pickle 'generator' object.
print(bool(g()), iter(x := g()) is x, hash(x) == hash(x), x == g(), callable(x), g().__next__(), hasattr(x, "__len__"), x.__name__, x.gi_code is g.__code__)
# expect: True True True False False 1 False g True
def infinite():
    while True: yield
it = infinite()
print([next(it) for _ in range(3)], it.send("ignored"), any(v for v in [1]), 5 in (v for v in [1, 5, 9]))  # expect: [None, None, None] None True True
def raises():
    yield 1
    raise ValueError("once")
it = raises()
print(next(it), error(lambda: next(it)), error(lambda: next(it)), list(it))  # expect: 1 ValueError: once. StopIteration: . []
def conditional(flag):
    if flag: return [1, 2]
    yield 3
print(list(conditional(True)), list(conditional(False)))  # expect: [] [3]
