"""Keys are compared by identity, then by hash and equality."""
class K:
    def __init__(self, n, h): self.n, self.h = n, h
    def __hash__(self): return self.h
    def __eq__(self, o):
        print(f"compare {self.n} {o.n}")
        return self.n == o.n
a, b, c = K("a", 1), K("b", 1), K("a", 1)
d = {a: 1}
print(d[a])  # expect: 1
d[b] = 2  # expect: compare a b
print(d[c])
# expect: compare a a
# expect: 1
d[c] = 3  # expect: compare a a
print(len(d), [k is a for k in d])  # expect: 2 [True, False]
print(K("z", 2) in d)  # expect: False
del d[c]  # expect: compare a a
print([k.n for k in d])  # expect: ['b']
nan = float("nan")
e = {nan: 1}
print(e[nan], float("nan") in e, {nan, nan, float("nan")}.__len__())  # expect: 1 False 2
class Mutable:
    def __init__(self): self.v = 1
    def __hash__(self): return self.v
    def __eq__(self, o): return self is o
m = Mutable()
f = {m: "x"}
m.v = 2
print(m in f, list(f.values()))  # expect: False ['x']
m.v = 1
print(m in f)  # expect: True
class Evil:
    def __hash__(self): return 5
    def __eq__(self, o): raise RuntimeError("compared")
g = {Evil(): 1}
try:
    g[Evil()]
except RuntimeError as error:
    print(error)  # expect: compared
print({(1, 2): "t"}[1, 2], {"": 0}[""], {None: 1}.get(None), {frozenset([1]): 2}[frozenset([1.0])])  # expect: t 0 1 2
