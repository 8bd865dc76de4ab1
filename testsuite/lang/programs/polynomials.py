"""Polynomials with operators, evaluation, division and repr."""
from itertools import zip_longest
class Poly:
    def __init__(self, *c):
        c = list(c)
        while c and c[-1] == 0: c.pop()
        self.c = tuple(c)
    def degree(self): return len(self.c) - 1
    def __call__(self, x):
        r = 0
        for a in reversed(self.c): r = r * x + a
        return r
    def _coerce(self, o): return o if isinstance(o, Poly) else Poly(o) if isinstance(o, (int, float, complex)) else None
    def __add__(self, o): return NotImplemented if (o := self._coerce(o)) is None else Poly(*(a + b for a, b in zip_longest(self.c, o.c, fillvalue=0)))
    __radd__ = __add__
    def __neg__(self): return Poly(*(-a for a in self.c))
    def __sub__(self, o): return self + -o
    def __rsub__(self, o): return -self + o
    def __mul__(self, o):
        if (o := self._coerce(o)) is None: return NotImplemented
        out = [0] * (len(self.c) + len(o.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(o.c): out[i + j] += a * b
        return Poly(*out)
    __rmul__ = __mul__
    def __pow__(self, n):
        r = Poly(1)
        for _ in range(n): r *= self
        return r
    def __divmod__(self, d):
        q, r = Poly(), self
        while r.c and r.degree() >= d.degree():
            t = Poly(*[0] * (r.degree() - d.degree()), r.c[-1] / d.c[-1])
            q, r = q + t, r - t * d
        return q, r
    def __floordiv__(self, d): return divmod(self, d)[0]
    def __mod__(self, d): return divmod(self, d)[1]
    def __eq__(self, o): return isinstance(o, Poly) and self.c == o.c
    def __hash__(self): return hash(self.c)
    def __bool__(self): return bool(self.c)
    def derivative(self): return Poly(*[i * a for i, a in enumerate(self.c)][1:])
    def __repr__(self):
        out = ""
        for i, a in reversed(list(enumerate(self.c))):
            if a: out += (" + " if a > 0 else " - ") + (f"{abs(a):g}" if abs(a) != 1 or i == 0 else "") + ("x" if i else "") + (f"^{i}" if i > 1 else "")
        return out.removeprefix(" + ").replace(" - ", "-", 1) if out.startswith(" - ") else out.removeprefix(" + ") or "0"
x = Poly(0, 1)
p = x ** 2 - 2 * x + 1
print(p, p(3), p * p, p - p, p.derivative(), (x + 1) ** 4, 3 - x, x * 0, -p, p == (x - 1) ** 2, hash(p) == hash((x - 1) ** 2))
# expect: x^2 - 2x + 1 4 x^4 - 4x^3 + 6x^2 - 4x + 1 0 2x - 2 x^4 + 4x^3 + 6x^2 + 4x + 1 -x + 3 0 -x^2 + 2x - 1 True True
q, r = divmod(x ** 3 - 2 * x ** 2 - 4, x - 3)
print(q, "|", r, "|", p // (x - 1), "|", p % (x - 1), bool(Poly(0)), p(1j), p.degree(), Poly().degree())
# expect: x^2 + x + 3 | 5 | x - 1 | 0 False -2j 2 -1
try:
    p + "x"
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +: 'Poly' and 'str'
def newton(f, x, n=8):
    d = f.derivative()
    for _ in range(n): x -= f(x) / d(x)
    return x
print(newton(x ** 2 - 2, 1.0), newton(x ** 3 - x - 2, 1.5), sum([x, x ** 2], Poly(1)))  # expect: 1.414213562373095 1.5213797068045676 x^2 + x + 1
