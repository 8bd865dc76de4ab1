"""What happens between a call expression and __call__."""
class A:
    def __call__(self, *a, **k): return "A", a, k
    def __getattr__(self, n): return lambda *a: (n, a)
a = A()
print(a(), a(1, x=2), a.anything(3), callable(a), a.__call__(4))
# expect: ('A', (), {}) ('A', (1,), {'x': 2}) ('anything', (3,)) True ('A', (4,), {})
a.__call__ = lambda *x: "instance"
print(a(5), a.__call__(5))  # expect: ('A', (5,), {}) instance
class Meta(type):
    def __call__(cls, *a): return ("meta", cls.__name__, super().__call__(*a) if a else None)
class B(metaclass=Meta):
    def __init__(self, x): self.x = x
print(B(), B(1)[2].x)  # expect: ('meta', 'B', None) 1
class C: __call__ = A()
print(C()(7))  # expect: ('A', (7,), {})
class D: __call__ = len
print(D()("abc") if callable(D()) else "")  # expect: 3
class E: __call__ = staticmethod(lambda *a: ("static", a))
class F: __call__ = classmethod(lambda cls, *a: (cls.__name__, a))
print(E()(1), F()(2))  # expect: ('static', (1,)) ('F', (2,))
class G:
    @property
    def __call__(self): return lambda *a: ("property", a)
print(G()(3))  # expect: ('property', (3,))
class H: __call__ = None
for bad in H(), 5, "s", None, [], {}, ..., object():
    try:
        bad()
    except TypeError as error:
        print(error)
# expect: 'NoneType' object is not callable
# expect: 'int' object is not callable
# expect: 'str' object is not callable
# expect: 'NoneType' object is not callable
# expect: 'list' object is not callable
# expect: 'dict' object is not callable
# expect: 'ellipsis' object is not callable
# expect: 'object' object is not callable
print(callable(H()), callable(H), type.__call__(B, 9).x, [f() for f in (list, dict, int, str, tuple, bool)], (lambda: lambda: 1)()())
# expect: True True 9 [[], {}, 0, '', (), False] 1
