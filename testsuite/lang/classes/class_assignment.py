"""Assigning __class__, __name__, __bases__, __dict__."""
class A:
    def who(self): return "A"
class B:
    def who(self): return "B"
class S:
    __slots__ = ("x",)
a = A()
a.v = 1
a.__class__ = B
print(a.who(), a.v, type(a).__name__, isinstance(a, B))  # expect: B 1 B True
for value in 5, int, S:
    try:
        a.__class__ = value
    except TypeError as error:
        print(error)
# expect: __class__ must be set to a class, not 'int' object
# expect: __class__ assignment only supported for mutable types or ModuleType subclasses
# expect: __class__ assignment: 'S' object layout differs from 'B'
try:
    (5).__class__ = bool
except TypeError as error:
    print(error)  # expect: __class__ assignment only supported for mutable types or ModuleType subclasses
B.__name__ = "Renamed"
B.__qualname__ = "pkg.Renamed"
print(B.__name__, repr(B), type(a).__name__)  # expect: Renamed <class '__main__.pkg.Renamed'> Renamed
try:
    B.__name__ = 5
except TypeError as error:
    print(error)  # expect: can only assign string to Renamed.__name__, not 'int'
class Fake:
    @property
    def __class__(self): return int
f = Fake()
print(isinstance(f, int), type(f).__name__, f.__class__)  # expect: True Fake <class 'int'>
print(type(A.__dict__).__name__)  # expect: mappingproxy
try:
    A.__dict__["x"] = 1
except TypeError as error:
    print(error)  # expect: 'mappingproxy' object does not support item assignment
A.__doc__ = "new doc"
print(A.__doc__, A.__module__)  # expect: new doc __main__
class C(A): pass
C.__bases__ = (B,)
print(C().who(), C.__mro__[1].__name__)  # expect: B Renamed
try:
    del A.__name__
except TypeError as error:
    print(error)  # expect: cannot delete '__name__' attribute of immutable type 'A'
