"""TypeErrors of wrong calls of built-in functions and methods."""
def error(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: len()))  # expect: TypeError: len() takes exactly one argument (0 given)
print(error(lambda: len(1, 2)))  # expect: TypeError: len() takes exactly one argument (2 given)
print(error(lambda: len(5)))  # expect: TypeError: object of type 'int' has no len()
print(error(lambda: len(x=[])))  # expect: TypeError: len() takes no keyword arguments
print(error(lambda: abs("a")))  # expect: TypeError: bad operand type for abs(): 'str'
print(error(lambda: ord("ab")))  # expect: TypeError: ord() expected a character, but string of length 2 found
print(error(lambda: ord(5)))  # expect: TypeError: ord() expected string of length 1, but int found
print(error(lambda: chr("a")))  # expect: TypeError: 'str' object cannot be interpreted as an integer
print(error(lambda: chr(-1)))  # expect: ValueError: chr() arg not in range(0x110000)
print(error(lambda: [].append()))  # expect: TypeError: list.append() takes exactly one argument (0 given)
print(error(lambda: [].append(1, 2)))  # expect: TypeError: list.append() takes exactly one argument (2 given)
print(error(lambda: "a".upper(1)))  # expect: TypeError: str.upper() takes no arguments (1 given)
print(error(lambda: {}.get()))  # expect: TypeError: get expected at least 1 argument, got 0
print(error(lambda: [].pop(1, 2)))  # expect: TypeError: pop expected at most 1 argument, got 2
print(error(lambda: isinstance(1)))  # expect: TypeError: isinstance expected 2 arguments, got 1
print(error(lambda: isinstance(1, 2)))  # expect: TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
print(error(lambda: issubclass(1, int)))  # expect: TypeError: issubclass() arg 1 must be a class
print(error(lambda: iter(5)))  # expect: TypeError: 'int' object is not iterable
print(error(lambda: next([])))  # expect: TypeError: 'list' object is not an iterator
print(error(lambda: hash([])))  # expect: TypeError: unhashable type: 'list'
print(error(lambda: sum(["a"])))  # expect: TypeError: unsupported operand type(s) for +: 'int' and 'str'
print(error(lambda: sum("ab", "")))  # expect: TypeError: sum() can't sum strings [use ''.join(seq) instead]
print(error(lambda: max()))  # expect: TypeError: max expected at least 1 argument, got 0
print(error(lambda: max([])))  # expect: ValueError: max() iterable argument is empty
print(error(lambda: max(5)))  # expect: TypeError: 'int' object is not iterable
print(error(lambda: min([], default=3)))  # expect: 3
print(error(lambda: max(1, 2, default=3)))  # expect: TypeError: Cannot specify a default for max() with multiple positional arguments
print(error(lambda: range()))  # expect: TypeError: range expected at least 1 argument, got 0
print(error(lambda: range("a")))  # expect: TypeError: 'str' object cannot be interpreted as an integer
print(error(lambda: range(1, 2, 0)))  # expect: ValueError: range() arg 3 must not be zero
print(error(lambda: getattr(1, 2)))  # expect: TypeError: attribute name must be string, not 'int'
print(error(lambda: getattr(1, "nope")))  # expect: AttributeError: 'int' object has no attribute 'nope'
print(error(lambda: str.upper(1)))  # expect: TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object
print(error(lambda: str.upper()))  # expect: TypeError: unbound method str.upper() needs an argument
print(error(lambda: list.append(1, 2)))  # expect: TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object
print(error(lambda: int.__add__("a", 1)))  # expect: TypeError: descriptor '__add__' requires a 'int' object but received a 'str'
print(error(lambda: "".join([1])))  # expect: TypeError: sequence item 0: expected str instance, int found
print(error(lambda: "".join(5)))  # expect: TypeError: can only join an iterable
print(error(lambda: sorted(5)))  # expect: TypeError: 'int' object is not iterable
print(error(lambda: sorted([1], lambda: 0)))  # expect: TypeError: sorted expected 1 argument, got 2
print(error(lambda: list(1, 2)))  # expect: TypeError: list expected at most 1 argument, got 2
print(error(lambda: zip([1], 5)))  # expect: TypeError: 'int' object is not iterable
print(error(lambda: map(len)))  # expect: TypeError: map() must have at least two arguments.
print(error(lambda: "abc".split(5)))  # expect: TypeError: must be str or None, not int
print(error(lambda: pow(1)))  # expect: TypeError: pow() missing required argument 'exp' (pos 2)
print(error(lambda: divmod(1, "a")))  # expect: TypeError: unsupported operand type(s) for divmod(): 'int' and 'str'
