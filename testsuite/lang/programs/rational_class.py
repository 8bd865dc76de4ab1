"""A rational number type with the whole arithmetic protocol."""
from math import gcd
class Q:
    __slots__ = ("n", "d")
    def __new__(cls, n=0, d=1):
        if d == 0: raise ZeroDivisionError(f"Q({n}, 0)")
        g = gcd(n, d) * (1 if d > 0 else -1)
        self = object.__new__(cls)
        object.__setattr__(self, "n", n // g)
        object.__setattr__(self, "d", d // g)
        return self
    def __setattr__(self, *a): raise AttributeError("Q is immutable")
    def _of(f):
        def m(self, o):
            if isinstance(o, int): o = Q(o)
            if isinstance(o, float): return f(float(self), o)
            return f(self, o) if isinstance(o, Q) else NotImplemented
        return m
    add = lambda a, b: Q(a.n * b.d + b.n * a.d, a.d * b.d) if isinstance(a, Q) else a + b
    mul = lambda a, b: Q(a.n * b.n, a.d * b.d) if isinstance(a, Q) else a * b
    sub = lambda a, b: Q(a.n * b.d - b.n * a.d, a.d * b.d) if isinstance(a, Q) else a - b
    div = lambda a, b: Q(a.n * b.d, a.d * b.n) if isinstance(a, Q) else a / b
    __add__ = __radd__ = _of(add)
    __mul__ = __rmul__ = _of(mul)
    __sub__, __truediv__ = _of(sub), _of(div)
    __rsub__, __rtruediv__ = _of(lambda a, b, f=sub: f(b, a)), _of(lambda a, b, f=div: f(b, a))
    __eq__ = _of(lambda a, b: (a.n, a.d) == (b.n, b.d) if isinstance(a, Q) else a == b)
    __lt__ = _of(lambda a, b: a.n * b.d < b.n * a.d if isinstance(a, Q) else a < b)
    del _of, add, mul, sub, div
    def __hash__(self): return hash(self.n) if self.d == 1 else hash((self.n, self.d))
    def __neg__(self): return Q(-self.n, self.d)
    def __pos__(self): return self
    def __abs__(self): return Q(abs(self.n), self.d)
    def __pow__(self, k): return Q(self.n ** k, self.d ** k) if k >= 0 else Q(self.d ** -k, self.n ** -k)
    def __float__(self): return self.n / self.d
    def __int__(self): return int(self.n / self.d)
    def __floor__(self): return self.n // self.d
    def __bool__(self): return self.n != 0
    def __repr__(self): return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)
    def __format__(self, spec): return format(float(self), spec) if spec else repr(self)
a, b = Q(1, 2), Q(-3, 4)
print(a + b, a - b, a * b, a / b, a + 1, 1 + a, 2 - a, 3 / b, 2 * a, -b, abs(b), a ** 3, b ** -2, a == Q(2, 4), a != b, b < a, a > b, a == 0.5, a + 0.25, 1.5 - a, hash(Q(4, 2)) == hash(2), float(b), int(b), bool(Q(0)), f"{a:.3f}", f"{b}")
# expect: -1/4 5/4 -3/8 -2/3 3/2 3/2 3/2 -4 1 3/4 3/4 1/8 16/9 True True True True True 0.75 1.0 True -0.75 0 False 0.500 -3/4
print(sum([Q(1, n) for n in range(1, 11)]), max(Q(1, 3), Q(2, 5), key=float), sorted([Q(1, 2), Q(1, 3), Q(3, 4)]), {Q(1, 2): "half"}[Q(2, 4)], [Q(1), Q(0), Q(-6, -4)])
# expect: 7381/2520 2/5 [1/3, 1/2, 3/4] half [1, 0, 3/2]
for bad in lambda: Q(1, 0), lambda: a / 0, lambda: a + "x", lambda: setattr(a, "n", 5), lambda: a < None, lambda: a.zz, lambda: a @ b, lambda: Q(1.5), lambda: a <= b:
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
# expect: ZeroDivisionError Q(1, 0)
# expect: ZeroDivisionError Q(1, 0)
# expect: TypeError unsupported operand type(s) for +: 'Q' and 'str'
# expect: AttributeError Q is immutable
# expect: TypeError '<' not supported between instances of 'Q' and 'NoneType'
# expect: AttributeError 'Q' object has no attribute 'zz'
# expect: TypeError unsupported operand type(s) for @: 'Q' and 'Q'
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: TypeError '<=' not supported between instances of 'Q' and 'Q'
x = Q(1)
x += Q(1, 2)
x *= x
x -= 1
print(x, x is x + 0, Q(0) or "zero")  # expect: 5/4 False zero
