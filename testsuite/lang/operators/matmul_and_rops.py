"""@, reflected operators with subclasses, and NotImplemented in chains."""
class M:
    def __init__(s, n): s.n = n
    def __matmul__(s, o): return f"{s.n}@{o.n}" if isinstance(o, M) else NotImplemented
    def __rmatmul__(s, o): return f"{o}r@{s.n}"
    def __imatmul__(s, o): s.n += f"@={o}"; return s
a, b = M("a"), M("b")
print(a @ b, 5 @ a, [1] @ b, "s" @ a)  # expect: a@b 5r@a [1]r@b sr@a
a @= 3
print(a.n)  # expect: a@=3
try: a @ 5
except TypeError as e: print(e)  # expect: unsupported operand type(s) for @: 'M' and 'int'
class Base:
    def __add__(s, o): return "Base.add"
    def __radd__(s, o): return "Base.radd"
class Sub(Base):
    def __radd__(s, o): return "Sub.radd"
class SubNoOverride(Base): pass
print(Base() + Sub(), Base() + SubNoOverride(), Sub() + Base(), 1 + Sub(), Base() + Base())  # expect: Sub.radd Base.add Base.add Sub.radd Base.add
class Num(int):
    def __add__(s, o): return Num(int(s) + int(o))
    __radd__ = __add__
    def __mul__(s, o): return NotImplemented
    def __rmul__(s, o): return "rmul"
    def __repr__(s): return f"Num({int(s)})"
print(Num(1) + 2, 2 + Num(1), sum([Num(1), Num(2)]), 3 * Num(2), Num(2) - 1)  # expect: Num(3) Num(3) Num(3) rmul 1
try: print(Num(2) * 3)  # expect: 6
except TypeError as e: print(e)
class L(list):
    def __add__(s, o): return "L.add"
    def __radd__(s, o): return "L.radd"
    def __mul__(s, n): return "L.mul"
    def __rmul__(s, n): return "L.rmul"
    def __contains__(s, x): return True
    def __iadd__(s, o): return "L.iadd"
print(L() + [1], [1] + L(), L() * 2, 2 * L(), 5 in L(), L() == [])  # expect: L.add L.radd L.mul L.rmul True True
l = L(); l += [1]; print(l)  # expect: L.iadd
class D:
    def __rdivmod__(s, o): return "rdivmod"
    def __rpow__(s, o, m=None): return f"rpow {m}"
    def __rtruediv__(s, o): return "rtruediv"
    def __rand__(s, o): return "rand"
    def __rlshift__(s, o): return "rlshift"
print(divmod(1, D()), 2 ** D(), 1.5 / D(), True & D(), 1 << D(), {1} & D())  # expect: rdivmod rpow None rtruediv rand rlshift rand
