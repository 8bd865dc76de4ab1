"""copy.copy, deepcopy, replace, __reduce__."""
import copy
class P:
    def __init__(self, x, y=None): self.x, self.y = x, y
    def __replace__(self, **kw): return P(**{**vars(self), **kw})
p = P([1], {"k": [2]})
s, d = copy.copy(p), copy.deepcopy(p)
print(s.x is p.x, d.x is p.x, d.x == p.x, d.y["k"] is p.y["k"], type(d).__name__, copy.replace(p, x=5).x)  # expect: True False True False P 5
a = [1]
l = [a, a, (a,), {"a": a}]
m = copy.deepcopy(l)
print(m[0] is m[1] is m[2][0] is m[3]["a"], m[0] is a)  # expect: True False
for atom in 1, "s", None, (1, 2), len, P, 1.5, frozenset([1]), range(3), b"b", ..., P.__init__:
    print(copy.copy(atom) is atom, copy.deepcopy(atom) is atom)
# expect: True True
# expect: True True
# expect: True True
# expect: True True
# expect: True True
# expect: True True
# expect: True True
# expect: True False
# expect: True True
# expect: True True
# expect: True True
# expect: True True
t = ([1],)
print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy((1, (2, 3))) == (1, (2, 3)))  # expect: True False True
class Slots:
    __slots__ = ("a", "b")
x = Slots()
x.a = [1]
y = copy.deepcopy(x)
print(y.a, y.a is x.a, hasattr(y, "b"))  # expect: [1] False False
class Red:
    def __init__(self, v): self.v = v
    def __reduce__(self): return Red, (self.v * 2,), {"extra": 1}
r = copy.copy(Red(5))
print(r.v, r.extra)  # expect: 10 1
class L(list): pass
q = L([1, [2]])
q.attr = "z"
c = copy.deepcopy(q)
print(type(c).__name__, c, c.attr, c[1] is q[1], copy.copy(q).attr)  # expect: L [1, [2]] z False z
cyc = {}
cyc["me"] = cyc
n = copy.deepcopy(cyc)
print(n["me"] is n, n is not cyc)  # expect: True True
for bad in (x for x in ""), open("/dev/null"):
    try:
        copy.deepcopy(bad)
    except TypeError as error:
        print(error)
# expect: cannot pickle 'generator' object
# expect: cannot pickle 'TextIOWrapper' instances
try:
    copy.replace(5, x=1)
except TypeError as error:
    print(error)  # expect: replace() does not support int objects
print(copy.copy({1: [2]}), copy.copy({1}), copy.copy(bytearray(b"x")), copy.deepcopy([{1: {2: [3]}}]), copy.Error.__name__)
# expect: {1: [2]} {1} bytearray(b'x') [{1: {2: [3]}}] Error
