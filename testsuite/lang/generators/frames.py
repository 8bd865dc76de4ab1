"""Locals, try blocks and loops survive suspension."""
def mixed(a, *args, k=1, **kw):
    for i, arg in enumerate(args):
        try:
            with open("/dev/null") as f:
                yield i, arg, a, k
                if i == 1:
                    raise ValueError("inside")
        except ValueError as error:
            yield "error", str(error)
        else:
            yield "else"
        finally:
            yield "finally"
    yield kw
print(list(mixed(0, "x", "y", k=5, z=6)))  # expect: [(0, 'x', 0, 5), 'else', 'finally', (1, 'y', 0, 5), ('error', 'inside'), 'finally', {'z': 6}]
def nested_loops():
    for i in range(3):
        for j in range(3):
            if j == 2: break
            if i == 1: continue
            yield i, j
        else:
            yield "never"
    else:
        yield "done"
print(list(nested_loops()))  # expect: [(0, 0), (0, 1), (2, 0), (2, 1), 'done']
def stack_depth():
    x = [1, (yield "a"), [2, (yield "b")], {"k": (yield "c")}]
    yield x
g = stack_depth()
print(next(g), g.send(10), g.send(20), g.send(30))  # expect: a b c [1, 10, [2, 20], {'k': 30}]
def exception_state():
    try:
        raise KeyError("first")
    except KeyError:
        yield 1
        try:
            raise
        except KeyError as error:
            yield repr(error)
g = exception_state()
next(g)
try:
    raise ValueError("outer")
except ValueError:
    print(next(g))  # expect: KeyError('first')
