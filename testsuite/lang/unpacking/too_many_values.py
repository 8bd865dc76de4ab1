# min-python: 3.14
"""Unpacking a list, tuple or dict of the wrong size tells its size."""
def error(source):
    try:
        exec(source, {})
    except ValueError as e:
        return e


print(error("a, b = 1, 2, 3"))  # expect: too many values to unpack (expected 2, got 3)
print(error("a, b = [1, 2, 3, 4]"))  # expect: too many values to unpack (expected 2, got 4)
print(error("a, = {1: 1, 2: 2, 3: 3}"))  # expect: too many values to unpack (expected 1, got 3)
print(error("a, b = 'abc'"))  # expect: too many values to unpack (expected 2)
print(error("a, b = iter([1, 2, 3])"))  # expect: too many values to unpack (expected 2)
print(error("() = [1]"))  # expect: too many values to unpack (expected 0, got 1)
print(error("for a, b in [(1, 2, 3)]: pass"))  # expect: too many values to unpack (expected 2, got 3)
print(error("(a, b), c = (1, 2, 3), 4"))  # expect: too many values to unpack (expected 2, got 3)
