"""A vector with arithmetic, comparison, indexing and formatting."""
import math
class Vec:
    __slots__ = ("c",)
    def __init__(self, *c): self.c = tuple(map(float, c))
    def __repr__(self): return f"Vec({', '.join(f'{x:g}' for x in self.c)})"
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self.c, o.c))) if isinstance(o, Vec) else NotImplemented
    def __sub__(self, o): return self + -o
    def __neg__(self): return Vec(*(-a for a in self.c))
    def __mul__(self, k): return Vec(*(a * k for a in self.c)) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __truediv__(self, k): return self * (1 / k)
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.c, o.c))
    def __abs__(self): return math.sqrt(self @ self)
    def __eq__(self, o): return isinstance(o, Vec) and self.c == o.c
    def __hash__(self): return hash(self.c)
    def __lt__(self, o): return abs(self) < abs(o)
    def __getitem__(self, i): return Vec(*self.c[i]) if isinstance(i, slice) else self.c[i]
    def __len__(self): return len(self.c)
    def __bool__(self): return any(self.c)
    def __iter__(self): return iter(self.c)
    def __format__(self, spec): return "<" + ", ".join(format(x, spec) for x in self.c) + ">"
    def __complex__(self): return complex(*self.c)
    def __round__(self, n=0): return Vec(*(round(x, n) for x in self.c))
a, b = Vec(1, 2), Vec(3, 4)
print(a + b, a - b, -a, a * 2, 3 * a, b / 2, a @ b, abs(b))  # expect: Vec(4, 6) Vec(-2, -2) Vec(-1, -2) Vec(2, 4) Vec(3, 6) Vec(1.5, 2) 11.0 5.0
print(a == Vec(1, 2), a != b, a < b, b > a, a[0], a[::-1], len(a), bool(Vec(0, 0)), [*a])
# expect: True True True True 1.0 Vec(2, 1) 2 False [1.0, 2.0]
print(f"{a:.2f}", complex(b), round(Vec(1.26, 2.74), 1), {a: 1}[Vec(1, 2)], sorted([b, a]), max(a, b), sum([a, b], Vec(0, 0)))
# expect: <1.00, 2.00> (3+4j) Vec(1.3, 2.7) 1 [Vec(1, 2), Vec(3, 4)] Vec(3, 4) Vec(4, 6)
a += b
a *= 2
print(a)  # expect: Vec(8, 12)
for bad in lambda: a + 1, lambda: "x" * a, lambda: a <= b:
    try:
        bad()
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for +: 'Vec' and 'int'
# expect: can't multiply sequence by non-int of type 'Vec'
# expect: '<=' not supported between instances of 'Vec' and 'Vec'
