"""Bound methods."""
class C:
    def m(self, x=1):
        return self.n + x
    def __init__(self, n):
        self.n = n
c, d = C(10), C(20)
m = c.m
print(m(), m(5), C.m(c, 7), m.__self__ is c, m.__func__ is C.m, m.__name__)  # expect: 11 15 17 True True m
print(c.m == c.m, c.m is c.m, c.m == d.m, hash(c.m) == hash(c.m), {c.m: 1}[c.m])  # expect: True False False True 1
c.m = lambda: "instance"
print(c.m(), C.m(c))  # expect: instance 11
del c.m
print(c.m())  # expect: 11
C.extra = lambda self, *a: (self.n, a)
print(d.extra(1, 2))  # expect: (20, (1, 2))
d.own = C.m
try:
    d.own()
except TypeError as error:
    print(error)  # expect: C.m() missing 1 required positional argument: 'self'
print(d.own(c, 1))  # expect: 11
print(list(map(str.upper, "ab")), list(map("x{}".format, [1, 2])), sorted("bA", key=str.lower))  # expect: ['A', 'B'] ['x1', 'x2'] ['A', 'b']
import types
bound = types.MethodType(lambda self, y: (self, y), "self!")
print(bound(3), repr(c.m).split(" of ")[0])  # expect: ('self!', 3) <bound method C.m
try:
    m.attr = 1
except AttributeError as error:
    print(error)  # expect: 'method' object has no attribute 'attr' and no __dict__ for setting new attributes
class Callable:
    def __call__(self, *a, **k):
        return a, k
    inst = None
Callable.inst = Callable()
print(Callable()(1, k=2), Callable().inst(5))  # expect: ((1,), {'k': 2}) ((5,), {})
