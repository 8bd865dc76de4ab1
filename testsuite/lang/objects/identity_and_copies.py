"""id, is, copies and sharing."""
import copy
a = [[1], [2]]
s, d = copy.copy(a), copy.deepcopy(a)
a[0].append(9)
print(s, d, s[0] is a[0], d[0] is a[0])  # expect: [[1, 9], [2]] [[1], [2]] True False
print(a[:] is a, list(a) is a, tuple(t := (1, 2)) is t, t[:] is t, str(x := "abc") is x, frozenset(f := frozenset([1])) is f)
# expect: False False True True True True
print(id(a) == id(a), [[]] * 3 == [[], [], []], id(a) != id(s))  # expect: True True True
m = [[0] * 2] * 2
m[0][0] = 5
print(m)  # expect: [[5, 0], [5, 0]]
m = [[0] * 2 for _ in range(2)]
m[0][0] = 5
print(m)  # expect: [[5, 0], [0, 0]]
r = [1]
r.append(r)
c = copy.deepcopy(r)
print(c, c[1] is c, c is not r)  # expect: [1, [...]] True True
class C:
    def __init__(self): self.v = [1]
    def __copy__(self):
        print("copy")
        return self
    def __deepcopy__(self, memo):
        print("deepcopy")
        n = C()
        n.v = copy.deepcopy(self.v, memo)
        return n
o = C()
print(copy.copy(o) is o, copy.deepcopy([o, o])[0].v)
# expect: copy
# expect: deepcopy
# expect: True [1]
x = y = 257
print(x is y, (lambda: None)() is None, True is (2 > 1))  # expect: True True True
d1 = {"k": [1]}
d2 = d1.copy()
d2["k"].append(2)
d2["n"] = 0
print(d1, dict(d1) == d1, {**d1}["k"] is d1["k"])  # expect: {'k': [1, 2]} True True
def mutate(l, n):
    l.append(n)
    l = [n]
    return l
z = []
print(mutate(z, 1), z)  # expect: [1] [1]
