"""Errors of unpacking; the targets assigned before the error stay."""
def error(source):
    try:
        exec(source, {})
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error("a, b = 1,"))  # expect: ValueError: not enough values to unpack (expected 2, got 1)
print(error("a, b = []"))  # expect: ValueError: not enough values to unpack (expected 2, got 0)
print(error("a, b, *c = 1,"))  # expect: ValueError: not enough values to unpack (expected at least 2, got 1)
print(error("a, *b, c = 1,"))  # expect: ValueError: not enough values to unpack (expected at least 2, got 1)
print(error("a, b = iter([1, 2, 3])"))  # expect: ValueError: too many values to unpack (expected 2)
print(error("a, b = 'abc'"))  # expect: ValueError: too many values to unpack (expected 2)
print(error("a, b = (x for x in range(9))"))  # expect: ValueError: too many values to unpack (expected 2)
print(error("a, b = 5"))  # expect: TypeError: cannot unpack non-iterable int object
print(error("a, b = None"))  # expect: TypeError: cannot unpack non-iterable NoneType object
print(error("a, *b = 1.5"))  # expect: TypeError: cannot unpack non-iterable float object
print(error("[*5]"))  # expect: TypeError: Value after * must be an iterable, not int
print(error("(*None,)"))  # expect: TypeError: Value after * must be an iterable, not NoneType
print(error("{**5}"))  # expect: TypeError: 'int' object is not a mapping
print(error("{**[1]}"))  # expect: TypeError: 'list' object is not a mapping
print(error("for a, b in [1]: pass"))  # expect: TypeError: cannot unpack non-iterable int object
print(error("[0 for a, b in [(1,)]]"))  # expect: ValueError: not enough values to unpack (expected 2, got 1)
x = y = "before"
try:
    x, (y, z) = 1, (2,)
except ValueError:
    print(x, y)  # expect: 1 before
def gen():
    yield 1
    raise KeyError("inside")
try:
    a, b = gen()
except KeyError as e:
    print(repr(e))  # expect: KeyError('inside')
