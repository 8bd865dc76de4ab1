"""Annotations of functions and classes."""
def f(a: int, b: "str" = "x", *args: float, c: list[int] = None, **kw: dict) -> bool: ...
print(f.__annotations__)
# expect: {'a': <class 'int'>, 'b': 'str', 'args': <class 'float'>, 'c': list[int], 'kw': <class 'dict'>, 'return': <class 'bool'>}
class C:
    x: int = 1
    y: "Undefined"
    z: list["C"] | None
print(list(C.__annotations__), C.__annotations__["y"], C.__annotations__["x"])  # expect: ['x', 'y', 'z'] Undefined <class 'int'>
class D(C):
    w: str
print(list(D.__annotations__), hasattr(D, "w"))  # expect: ['w'] False
def g(): pass
print(g.__annotations__)  # expect: {}
g.__annotations__ = {"a": 5}
print(g.__annotations__)  # expect: {'a': 5}
import typing
print("hints")  # expect: hints
def local():
    value: int = 3
    undefined_at_runtime: NotDefined
    return value
print(local(), local.__annotations__)  # expect: 3 {}
x: int
print("x" in globals(), typing.get_type_hints(f)["c"], typing.get_type_hints(f)["return"])  # expect: False list[int] <class 'bool'>
lam = lambda x: x
print(lam.__annotations__)  # expect: {}
try:
    g.__annotations__ = 5
except TypeError as error:
    print(error)  # expect: __annotations__ must be set to a dict object
