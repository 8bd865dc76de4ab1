"""numbers and collections.abc."""
import numbers, collections.abc as c
from fractions import Fraction
from decimal import Decimal
for v in 1, True, 1.5, 2j, Fraction(1, 2), Decimal(1), "1":
    print(type(v).__name__, [k.__name__ for k in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral) if isinstance(v, k)])
# expect: int ['Number', 'Complex', 'Real', 'Rational', 'Integral']
# expect: bool ['Number', 'Complex', 'Real', 'Rational', 'Integral']
# expect: float ['Number', 'Complex', 'Real']
# expect: complex ['Number', 'Complex']
# expect: Fraction ['Number', 'Complex', 'Real', 'Rational']
# expect: Decimal ['Number']
# expect: str []
objs = {"list": [], "tuple": (), "str": "", "bytes": b"", "dict": {}, "set": set(), "frozenset": frozenset(), "range": range(0), "gen": (x for x in ()), "iter": iter([]), "fn": len, "int": 5, "keys": {}.keys(), "items": {}.items(), "values": {}.values(), "bytearray": bytearray(), "map": map(str, [])}
names = "Hashable Iterable Iterator Reversible Generator Sized Container Callable Collection Sequence MutableSequence Set MutableSet Mapping MutableMapping KeysView ItemsView ValuesView".split()
for k, v in objs.items():
    print(k, [n for n in names if isinstance(v, getattr(c, n))])
# expect: list ['Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Sequence', 'MutableSequence']
# expect: tuple ['Hashable', 'Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Sequence']
# expect: str ['Hashable', 'Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Sequence']
# expect: bytes ['Hashable', 'Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Sequence']
# expect: dict ['Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Mapping', 'MutableMapping']
# expect: set ['Iterable', 'Sized', 'Container', 'Collection', 'Set', 'MutableSet']
# expect: frozenset ['Hashable', 'Iterable', 'Sized', 'Container', 'Collection', 'Set']
# expect: range ['Hashable', 'Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Sequence']
# expect: gen ['Hashable', 'Iterable', 'Iterator', 'Generator']
# expect: iter ['Hashable', 'Iterable', 'Iterator']
# expect: fn ['Hashable', 'Callable']
# expect: int ['Hashable']
# expect: keys ['Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Set', 'KeysView']
# expect: items ['Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Set', 'ItemsView']
# expect: values ['Hashable', 'Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'ValuesView']
# expect: bytearray ['Iterable', 'Reversible', 'Sized', 'Container', 'Collection', 'Sequence', 'MutableSequence']
# expect: map ['Hashable', 'Iterable', 'Iterator']
class S(c.Sequence):
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * i
s = S()
print(list(s), 4 in s, s.index(4), s.count(1), list(reversed(s)))  # expect: [0, 1, 4] True 2 1 [4, 1, 0]
class M(c.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M()
m.update(a=1, b=2)
print(m.pop("a"), m.setdefault("c", 3), list(m.items()), m.get("z"), m == {"b": 2, "c": 3}, m.popitem(), "b" in m, list(m.keys()), m.keys() & {"b"})
# expect: 1 3 [('b', 2), ('c', 3)] None True ('b', 2) False ['c'] set()
class MS(c.MutableSequence):
    def __init__(self): self.l = []
    def __getitem__(self, i): return self.l[i]
    def __setitem__(self, i, v): self.l[i] = v
    def __delitem__(self, i): del self.l[i]
    def __len__(self): return len(self.l)
    def insert(self, i, v): self.l.insert(i, v)
q = MS()
q.extend([1, 2, 3]); q.append(4); q.reverse(); q += [9]; q.remove(2)
print(list(q), q.pop(), q.pop(0), list(q))  # expect: [4, 3, 1, 9] 9 4 [3, 1]
for cls in c.Sequence, c.MutableMapping, c.Iterator:
    try:
        cls()
    except TypeError as error:
        print(error)
# expect: Can't instantiate abstract class Sequence without an implementation for abstract methods '__getitem__', '__len__'
# expect: Can't instantiate abstract class MutableMapping without an implementation for abstract methods '__delitem__', '__getitem__', '__iter__', '__len__', '__setitem__'
# expect: Can't instantiate abstract class Iterator without an implementation for abstract method '__next__'
