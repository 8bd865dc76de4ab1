"""type with one and three arguments."""
print(type(5), type("").__name__, type(type), type(None), type(len).__name__, type(...))
# expect: <class 'int'> str <class 'type'> <class 'NoneType'> builtin_function_or_method <class 'ellipsis'>
T = type("T", (int,), {"double": lambda self: self * 2, "__doc__": "made"})
print(T(4).double(), T.__doc__, T.__module__, T.__qualname__, T.__bases__)  # expect: 8 made __main__ T (<class 'int'>,)
def error(call):
    try:
        return call()
    except (TypeError, ValueError) as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: type()))  # expect: TypeError: type() takes 1 or 3 arguments
print(error(lambda: type(1, 2)))  # expect: TypeError: type() takes 1 or 3 arguments
print(error(lambda: type("A", 5, {})))  # expect: TypeError: type.__new__() argument 2 must be tuple, not int
print(error(lambda: type("A", (), 5)))  # expect: TypeError: type.__new__() argument 3 must be dict, not int
print(error(lambda: type(5, (), {})))  # expect: TypeError: type.__new__() argument 1 must be str, not int
print(error(lambda: type("A", (5,), {})))
# expect: TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
print(error(lambda: type("A\0", (), {})))  # expect: ValueError: type name must not contain null characters
print(type("with space", (), {}).__name__, type("X", (), {"__qualname__": "Y.X"}).__qualname__)  # expect: with space Y.X
print(error(lambda: type("X", (), {"__qualname__": 5})))  # expect: TypeError: type __qualname__ must be a str, not int
ns = {"a": 1}
U = type("U", (), ns)
ns["a"] = 2
U.b = 3
print(U.a, "b" in ns)  # expect: 1 False
print(type.__call__(int, "7"), type.mro(bool), isinstance(type, object), isinstance(object, type), issubclass(type, object))
# expect: 7 [<class 'bool'>, <class 'int'>, <class 'object'>] True True True
import types
V = types.new_class("V", (list,), {}, lambda ns: ns.update(size=property(len)))
print(V([1, 2]).size, types.resolve_bases((int,)))  # expect: 2 (<class 'int'>,)
