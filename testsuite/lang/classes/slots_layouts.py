"""Slots in hierarchies, with defaults, descriptors and __dict__."""
class A: __slots__ = ("a",)
class B(A): __slots__ = ("b",)
class C(B): __slots__ = ()
class D(B): pass
class E(A): __slots__ = ("a",)
c, d, e = C(), D(), E()
c.a, c.b = 1, 2
d.a, d.b, d.z = 1, 2, 3
e.a = "inner"
A.a.__set__(e, "outer")
print(c.a, c.b, hasattr(c, "__dict__"), vars(d), e.a, A.a.__get__(e), C.__slots__, [k for k in ("a", "b") if k in vars(B)])
# expect: 1 2 False {'z': 3} inner outer () ['b']
for f in lambda: setattr(c, "z", 1), lambda: c.z, lambda: B().a, lambda: A.a.__get__(5), lambda: delattr(B(), "a"), lambda: A().__dict__, lambda: setattr(A, "x", 1) or A().x, lambda: setattr(A(), "x", 2):
    try: print(f())
    except (AttributeError, TypeError) as x: print(type(x).__name__, x)
# expect: AttributeError 'C' object has no attribute 'z' and no __dict__ for setting new attributes
# expect: AttributeError 'C' object has no attribute 'z'
# expect: AttributeError 'B' object has no attribute 'a'
# expect: TypeError descriptor 'a' for 'A' objects doesn't apply to a 'int' object
# expect: AttributeError a
# expect: AttributeError 'A' object has no attribute '__dict__'
# expect: 1
# expect: AttributeError 'A' object attribute 'x' is read-only
class P:
    __slots__ = ("_x",)
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v): self._x = v * 2
p = P()
p.x = 5
print(p.x, p._x, repr(P._x)[:8], P._x.__name__, P._x.__objclass__ is P)  # expect: 10 10 <member  _x True
class Mixin: __slots__ = ()
class M(Mixin, A): __slots__ = ("m",)
m = M()
m.a = m.m = 1
print(m.a + m.m, M.__mro__[1].__name__)  # expect: 2 Mixin
class Vec(tuple):
    __slots__ = ()
    x = property(lambda s: s[0])
v = Vec((1, 2))
print(v.x, v, hasattr(v, "__dict__"))  # expect: 1 (1, 2) False
class Lst(list): __slots__ = ("extra",)
l = Lst([1])
l.extra = "e"
print(l, l.extra, l == [1])  # expect: [1] e True
class Priv:
    __slots__ = ("__p", "q_")
    def __init__(self): self.__p, self.q_ = 1, 2
    def get(self): return self.__p
print(Priv().get(), Priv.__slots__, sorted(k for k in vars(Priv) if k.endswith(("p", "q_"))))  # expect: 1 ('__p', 'q_') ['_Priv__p', 'q_']
class It: __slots__ = {"a": "doc a", "b": None}
print(It.a.__doc__, It.b.__doc__, It.__slots__)  # expect: None None {'a': 'doc a', 'b': None}
import copy, pickle
k = It()
k.a = [1]
q = copy.copy(k)
print(q.a is k.a, hasattr(q, "b"), copy.deepcopy(k).a, pickle.loads(pickle.dumps(k)).a)  # expect: True False [1] [1]
class W: __slots__ = ("__dict__",)
w = W()
w.any = 1
print(vars(w), w.any)  # expect: {'any': 1} 1
total = 0
objs = [C() for _ in range(50)]
for i, o in enumerate(objs): o.a, o.b = i, i * 2
for o in objs: total += o.a * o.b
print(total)  # expect: 80850
