"""__sizeof__, __reduce__, __dir__, __doc__, __module__, __weakref__, comparison defaults."""
class A:
    """Doc."""
    __version__ = "1"
a = A()
print(a.__doc__, A.__doc__, a.__module__, A.__name__, a.__class__ is A, A.__class__ is type, a.__dict__, a.__weakref__, a.__sizeof__() > 0)
# expect: Doc. Doc. __main__ A True True {} None True
print(a == a, a != a, a == A(), a is a, hash(a) == hash(a), a.__eq__(A()), a.__ne__(a), a.__lt__(a), object().__eq__(1))
# expect: True False False True True NotImplemented False NotImplemented NotImplemented
print(a.__str__() == a.__repr__(), a.__format__("") == str(a), a.__init__() , a.__subclasshook__(int), A.__init_subclass__(), object.__doc__.split("\n")[0])
# expect: True True None NotImplemented None The base class of the class hierarchy.
for name in "__lt__", "__eq__", "__hash__", "__init__", "__repr__", "__setattr__":
    print(name, type(getattr(a, name)).__name__, getattr(A, name) is getattr(object, name))
# expect: __lt__ method-wrapper True
# expect: __eq__ method-wrapper True
# expect: __hash__ method-wrapper True
# expect: __init__ method-wrapper True
# expect: __repr__ method-wrapper True
# expect: __setattr__ method-wrapper True
try:
    a < a
except TypeError as error:
    print(error)  # expect: '<' not supported between instances of 'A' and 'A'
try:
    a.__format__("x")
except TypeError as error:
    print(error)  # expect: unsupported format string passed to A.__format__
class Comparable:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __le__(self, o): return self.v <= o.v
x, y = Comparable(1), Comparable(2)
print(x < y, x > y, x <= y, x >= y, sorted([y, x])[0].v, x == Comparable(1))  # expect: True False True False 1 False
class AlwaysNotImplemented:
    def __eq__(self, o): return NotImplemented
    def __hash__(self): return 1
n, m = AlwaysNotImplemented(), AlwaysNotImplemented()
print(n == m, n == n, n != m, n in [n], [n] == [n], [n] == [m])  # expect: False True True True True False
print(A.__mro__, type(A.__dict__["__dict__"]).__name__, A.__flags__ > 0, A.__basicsize__ > 0, A.__dictoffset__ != 0, int.__itemsize__, A.__text_signature__)
# expect: (<class '__main__.A'>, <class 'object'>) getset_descriptor True True True 4 None
