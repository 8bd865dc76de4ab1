"""Simultaneous assignment idioms."""
a, b, c = 1, 2, 3
a, b, c = c, a, b
print(a, b, c)  # expect: 3 1 2
l = [0, 1, 2, 3]
l[0], l[-1] = l[-1], l[0]
i, l[i] = 1, "x"
l[2], l[l.index("x")] = "y", "z"
print(l, i)  # expect: [3, 'z', 'y', 0] 1
x, y = 0, 1
for _ in range(10): x, y = y, x + y
print(x, y)  # expect: 55 89
d = {"a": 1, "b": 2}
d["a"], d["b"] = d["b"], d["a"]
print(d)  # expect: {'a': 2, 'b': 1}
(p, q), r = [1, 2], 3
p, q, r = r, p, q
print(p, q, r)  # expect: 3 1 2
class N:
    def __init__(self, v, n=None): self.v, self.n = v, n
h = N(1, N(2, N(3)))
rev = None
while h: h.n, rev, h = rev, h, h.n
print(rev.v, rev.n.v, rev.n.n.v, rev.n.n.n)  # expect: 3 2 1 None
m = [[1, 2], [3, 4]]
m[0], m[1] = m[1], m[0]
m[0][0], m[1][1] = m[1][1], m[0][0]
print(m)  # expect: [[2, 4], [1, 3]]
s, *s = 1, 2, 3
print(s)  # expect: [2, 3]
e = f = g = []
e.append(1); g = g + [2]
print(e, f, g)  # expect: [1] [1] [1, 2]
j, k = k, j = 5, 6
print(j, k)  # expect: 6 5
n = n2 = [1, 2, 3]
n[1:], n[0] = [9], "first"
print(n, n2)  # expect: ['first', 9] ['first', 9]
u, (v, w), *z = "a", "bc", 1, 2
print(u, v, w, z)  # expect: a b c [1, 2]
def gcd(a, b):
    while b: a, b = b, a % b
    return a
print(gcd(48, 36), gcd(17, 5))  # expect: 12 1
lo, hi = 0, 100
while lo < hi:
    mid = (lo + hi) // 2
    lo, hi = (mid + 1, hi) if mid * mid < 2000 else (lo, mid)
print(lo)  # expect: 45
first, second, *_, last = sorted("unpacking")
print(first, second, last, _)  # expect: a c u ['g', 'i', 'k', 'n', 'n', 'p']
[[aa], [bb, [cc]]] = [[1], (2, "c")]
print(aa, bb, cc)  # expect: 1 2 c
