"""staticmethod and classmethod objects."""
class A:
    n = 1
    @classmethod
    def make(cls, *a): return cls.__name__, cls.n, a
    @staticmethod
    def plain(*a): return a
    @classmethod
    @property
    def old(cls): return "chained"
class B(A): n = 2
print(A.make(1), B.make(2), B().make(), A.plain(1), B().plain(2))  # expect: ('A', 1, (1,)) ('B', 2, (2,)) ('B', 2, ()) (1,) (2,)
print(type(A.__dict__["make"]).__name__, type(A.__dict__["plain"]).__name__, A.__dict__["make"].__func__.__name__, A.make.__self__ is A)
# expect: classmethod staticmethod make True
sm = staticmethod(lambda x: x + 1)
print(sm(1), sm.__func__(2), sm.__wrapped__(3))  # expect: 2 3 4
print(A.__dict__["make"].__get__(None, B)(5), A.__dict__["make"].__get__(B())())  # expect: ('B', 2, (5,)) ('B', 2, ())
try:
    classmethod(5).__get__(None, A)()
except TypeError as error:
    print(error)  # expect: 'int' object is not callable
@staticmethod
def f(a, b=2):
    "doc"
    return a, b
print(f(1), f.__name__, f.__doc__)  # expect: (1, 2) f doc
class C:
    length = staticmethod(len)
    upper = str.upper
    direct = len
print(C().length("abc"), C.upper("x"), C().direct("abcd"))  # expect: 3 X 4
class Alt:
    def __init__(self, v): self.v = v
    @classmethod
    def parse(cls, text): return cls(int(text))
    def __repr__(self): return f"{type(self).__name__}({self.v})"
class Sub(Alt): pass
print(Alt.parse("3"), Sub.parse("4"), [*map(Sub.parse, "12")])  # expect: Alt(3) Sub(4) [Sub(1), Sub(2)]
