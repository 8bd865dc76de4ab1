"""Consistency of ==, hash and containers over numeric types."""
from fractions import Fraction
from decimal import Decimal
groups = [[1, 1.0, True, 1 + 0j, Fraction(1), Decimal(1)], [0, 0.0, -0.0, False, 0j, Fraction(0), Decimal("-0")], [0.5, Fraction(1, 2), Decimal("0.5")], [2 ** 70, float(2 ** 70), Fraction(2 ** 70), Decimal(2 ** 70)], [-1, -1.0, Fraction(-1), Decimal(-1)], [float("inf"), Decimal("inf")]]
for g in groups: print(len({hash(x) for x in g}), len(set(g)), all(a == b for a in g for b in g if not (isinstance(a, complex) and isinstance(b, (Decimal, Fraction)) or isinstance(b, complex) and isinstance(a, (Decimal, Fraction)))))
# expect: 1 1 True
# expect: 1 1 True
# expect: 1 1 True
# expect: 1 1 True
# expect: 1 1 True
# expect: 1 1 True
print(hash("a") == hash("a"), hash(b"a") == hash(b"a"), hash((1, "a")) == hash((1.0, "a")), hash(frozenset([1, 2])) == hash(frozenset([2.0, 1])), hash(None) == hash(None), hash(int) == hash(int), hash(range(3)) == hash(range(0, 3)), hash(print) == hash(print), hash(...) is not None)
# expect: True True True True True True True True True
print(hash(-1) == hash(-2), -1 == -2, {-1: "a", -2: "b"}[-2], len({-1, -2}), hash(2 ** 61 - 1), hash(True) == 1)  # expect: True False b 2 0 True
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return isinstance(o, P) and self.x == o.x
    def __hash__(self): return hash((P, self.x))
d = {P(i): i for i in range(5)}
print(d[P(3)], P(9) in d, len({P(1), P(1.0), P(True)}), P(1) == P(1.0), P(1) != P(2), {P(1): "x"} == {P(1): "x"})  # expect: 3 False 1 True True True
for bad in [], {}, set(), bytearray(), [1], ([],), {}:
    try: hash(bad); print("hashable")
    except TypeError as e: print(e)
# expect: unhashable type: 'list'
# expect: unhashable type: 'dict'
# expect: unhashable type: 'set'
# expect: unhashable type: 'bytearray'
# expect: unhashable type: 'list'
# expect: unhashable type: 'list'
# expect: unhashable type: 'dict'
class Q(P): pass
class R(P):
    def __eq__(self, o): return True
class S(P):
    __hash__ = P.__hash__
    def __eq__(self, o): return NotImplemented
print(hash(Q(1)) == hash(P(1)), Q(1) == P(1), R.__hash__, hash(S(1)) == hash(P(1)), S(1) == S(1), S(1) == P(1))
# expect: True True None True False True
class T:
    def __eq__(self, o): raise ValueError("compared")
    def __hash__(self): return 1
t = T()
print(t in [t], t in {t}, {t: 1}[t], [t].count(t), [t] == [t], (t,) == (t,))  # expect: True True 1 1 True True
for f in lambda: t == t, lambda: [T()].index(t), lambda: {T(): 1}[t], lambda: t != 1:
    try: f()
    except ValueError as e: print(e)
# expect: compared
# expect: compared
# expect: compared
# expect: compared
