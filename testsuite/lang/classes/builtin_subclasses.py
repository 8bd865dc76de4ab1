"""Subclassing list, dict, str, tuple, float, set."""
class L(list):
    def append(self, x):
        super().append(x * 2)
    def __getitem__(self, i):
        return ("item", super().__getitem__(i))
l = L([1, 2])
l.append(3)
l.extend([4])
print(l, l[0], len(l), [*l], type(l + [1]).__name__, type(l[:]).__name__, l == [1, 2, 6, 4])
# expect: [1, 2, 6, 4] ('item', 1) 4 [1, 2, 6, 4] list tuple True
class D(dict):
    def __getitem__(self, k):
        return "overridden"
    def __missing__(self, k):
        return "missing " + k
d = D(a=1)
print(d["a"], d.get("a"), d["zz"], dict(d), {**d}, list(d.values()))  # expect: overridden 1 overridden {'a': 1} {'a': 1} [1]
class M(dict):
    def __missing__(self, k):
        self[k] = k * 2
        return self[k]
m = M()
print(m["ab"], m, m.get("no"), "no" in m)  # expect: abab {'ab': 'abab'} None False
class U(str):
    def __add__(self, o): return U(str.__add__(self, o).upper())
    def __len__(self): return 99
u = U("ab") + "cd"
print(u, type(u).__name__, len(u), u[1], type(u.lower()).__name__, u == "ABCD", "x".join([u, u]), {u: 1}["ABCD"])
# expect: ABCD U 99 B str True ABCDxABCD 1
class Tup(tuple):
    @property
    def x(self): return self[0]
print(Tup([5, 6]).x, Tup("ab"), Tup([1]) + (2,), hash(Tup([1])) == hash((1,)))  # expect: 5 ('a', 'b') (1, 2) True
class F(float):
    def __truediv__(self, o): return "div"
print(F(2) / 1, F(2) + 1, type(F(2) * 1).__name__, F("1.5"), 1 / F(2))  # expect: div 3.0 float 1.5 0.5
class S(set):
    def add(self, x): super().add(-x)
s = S([1])
s.add(5)
s.update([7])
print(sorted(s), type(s | {1}).__name__, type(s.copy()).__name__, S([2]))  # expect: [-5, 1, 7] set set S({2})
class Err(ValueError):
    def __init__(self, code, *a):
        super().__init__(*a)
        self.code = code
e = Err(5, "x", "y")
print(e.code, e.args, str(e), repr(e))  # expect: 5 ('x', 'y') ('x', 'y') Err('x', 'y')
