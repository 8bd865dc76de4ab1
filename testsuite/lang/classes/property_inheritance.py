"""Properties overridden, extended, computed and cached."""
class A:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x
    w = property(lambda s: s.get())
    def get(self): return "A.get"
class B(A):
    @property
    def v(self): return super().v * 10
    @v.setter
    def v(self, x): A.v.fset(self, x + 1)
    def get(self): return "B.get"
class C(A):
    @A.v.getter
    def v(self): return -self._v
class D(A): v = 5
class E(A):
    @A.v.setter
    def v(self, x): raise ValueError("read only in E")
a, b, c, d, e = A(), B(), C(), D(), E()
b.v = 4; c.v = 3; d.v = 9
print(a.v, b.v, c.v, d.v, D.v, e.v, a.w, b.w, vars(b), vars(d))  # expect: 1 50 -3 9 5 1 A.get B.get {'_v': 5} {'_v': 1, 'v': 9}
try: e.v = 1
except ValueError as x: print(x)  # expect: read only in E
class Cached:
    def __init__(self, f): self.f, self.name = f, f.__name__
    def __get__(self, o, t=None):
        if o is None: return self
        v = o.__dict__[self.name] = self.f(o)
        return v
class F:
    @Cached
    def slow(self): print("computing"); return 42
f = F()
print(f.slow, f.slow, vars(f))
# expect: computing
# expect: 42 42 {'slow': 42}
del f.slow
print(f.slow)
# expect: computing
# expect: 42
class Meta(type):
    @property
    def p(cls): return cls.__name__.lower()
    @p.setter
    def p(cls, v): cls.set = v
class G(metaclass=Meta): pass
G.p = 3
print(G.p, G.set, hasattr(G(), "p"))  # expect: g 3 False
class H:
    x = property()
    @x.getter
    def x(self): return "late getter"
    def y(self): return 1
    y = property(y, doc="y doc")
print(H().x, H().y, H.y.__doc__, isinstance(H.x, property), H.y.fget(H()))  # expect: late getter 1 y doc True 1
class I:
    def __init__(self): self.log = []
    def __getattr__(self, n): return f"fallback {n}"
    @property
    def raises(self): return self.no_such.upper()
    @property
    def deep(self): raise AttributeError("hidden")
print(I().raises, I().deep)  # expect: FALLBACK NO_SUCH fallback deep
