"""WeakValueDictionary, WeakKeyDictionary, WeakSet, WeakMethod."""
import weakref, gc
class N:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"N{self.n}"
    def m(self): return self.n
a, b = N(1), N(2)
d = weakref.WeakValueDictionary(a=a, b=b)
print(sorted(d), d["a"], len(d), "b" in d)  # expect: ['a', 'b'] N1 2 True
del b
gc.collect()
print(sorted(d.items()), d.get("b"))  # expect: [('a', N1)] None
try:
    d["b"]
except KeyError as error:
    print(repr(error))  # expect: KeyError('b')
k = weakref.WeakKeyDictionary()
x = N(3)
k[a], k[x] = "one", "three"
print(sorted(k.values()), k[a])  # expect: ['one', 'three'] one
del x
gc.collect()
print(list(k.items()))  # expect: [(N1, 'one')]
s = weakref.WeakSet([a])
t = N(4)
s.add(t)
print(len(s), t in s)  # expect: 2 True
del t
gc.collect()
print(len(s), list(s))  # expect: 1 [N1]
m = weakref.WeakMethod(a.m)
print(m()())  # expect: 1
del a
gc.collect()
print(m(), len(d), len(k), len(s))  # expect: None 0 0 0
