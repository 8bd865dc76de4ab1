"""A modular integer registered in the numeric tower."""
import numbers
class Mod(numbers.Number):
    p = 7
    def __init__(self, v): self.v = v % self.p
    def __repr__(self): return f"Mod({self.v})"
    def __add__(self, o): return Mod(self.v + (o.v if isinstance(o, Mod) else o)) if isinstance(o, (Mod, int)) else NotImplemented
    __radd__ = __add__
    def __mul__(self, o): return Mod(self.v * (o.v if isinstance(o, Mod) else o)) if isinstance(o, (Mod, int)) else NotImplemented
    __rmul__ = __mul__
    def __neg__(self): return Mod(-self.v)
    def __sub__(self, o): return self + -o
    def __rsub__(self, o): return -self + o
    def __pow__(self, n, m=None): return Mod(pow(self.v, n, self.p))
    def __truediv__(self, o): return self * o ** -1
    def __eq__(self, o): return isinstance(o, (Mod, int)) and self.v == (o.v if isinstance(o, Mod) else o % self.p)
    def __hash__(self): return hash(self.v)
    def __int__(self): return self.v
    __index__ = __int__
    def __divmod__(self, o): return ("divmod", o)
    def __rpow__(self, o): return ("rpow", o)
a, b = Mod(3), Mod(5)
print(a + b, a * b, a - b, -a, a + 10, 10 + a, 2 * b, 1 - a, a ** 3, a / b, a / b * b == a, sum([a, b], Mod(0)), sum([a, b]), a == 10, hash(a), isinstance(a, numbers.Number), isinstance(a, numbers.Integral))
# expect: Mod(1) Mod(1) Mod(5) Mod(4) Mod(6) Mod(6) Mod(3) Mod(5) Mod(6) Mod(2) True Mod(1) Mod(1) True 3 True False
print([10, 20, 30, 40][a], hex(a), int(b), divmod(a, 1), 2 ** a, "ab" * a, range(a), a in {3}, [Mod(i) for i in range(3)])
# expect: 40 0x3 5 ('divmod', 1) ('rpow', 2) ababab range(0, 3) True [Mod(0), Mod(1), Mod(2)]
for bad in lambda: a + 1.5, lambda: a + "x", lambda: a < b, lambda: a // b, lambda: 1.5 - a, lambda: abs(a), lambda: round(a), lambda: ~a:
    try:
        print(bad())
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for +: 'Mod' and 'float'
# expect: unsupported operand type(s) for +: 'Mod' and 'str'
# expect: '<' not supported between instances of 'Mod' and 'Mod'
# expect: unsupported operand type(s) for //: 'Mod' and 'Mod'
# expect: unsupported operand type(s) for +: 'Mod' and 'float'
# expect: bad operand type for abs(): 'Mod'
# expect: type Mod doesn't define __round__ method
# expect: bad operand type for unary ~: 'Mod'
a += 6
print(a, all((Mod(x) / Mod(y)) * Mod(y) == Mod(x) for x in range(7) for y in range(1, 7)))  # expect: Mod(2) True
