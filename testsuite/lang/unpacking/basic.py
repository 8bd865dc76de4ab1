"""Unpacking assignments from any iterable."""
a, b = 1, 2
a, b = b, a
print(a, b)  # expect: 2 1
(c, (d, [e, f])), g = (1, (2, [3, 4])), 5
print(c, d, e, f, g)  # expect: 1 2 3 4 5
x, y, z = "abc"
print(x, y, z)  # expect: a b c
[p, q] = {"k1": 1, "k2": 2}
print(p, q)  # expect: k1 k2
m, = [7]
(n,) = (8,)
[o] = {9}
print(m, n, o)  # expect: 7 8 9
r = s = t = []
r.append(1)
print(s is t, t)  # expect: True [1]
i, i, i = 1, 2, 3
print(i)  # expect: 3
() = []
[] = ()
u, v = (w for w in (1, 2))
print(u, v)  # expect: 1 2
h, k = map(int, "12")
print(h, k)  # expect: 1 2
class It:
    def __iter__(self):
        return iter((5, 6))
l1, l2 = It()
print(l1, l2)  # expect: 5 6
for a, (b, *c) in [(1, (2, 3, 4)), (5, "xyz")]:
    print(a, b, c)
# expect: 1 2 [3, 4]
# expect: 5 x ['y', 'z']
with_index = [(i, x) for i, (x, _) in enumerate([(1, 2), (3, 4)])]
print(with_index)  # expect: [(0, 1), (1, 3)]
