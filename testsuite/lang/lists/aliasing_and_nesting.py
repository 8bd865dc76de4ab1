"""Aliases, nested lists, multiplication, deletion while indexing."""
a = [[0] * 3] * 2
a[0][1] = 5
b = [[0] * 3 for _ in range(2)]
b[0][1] = 5
print(a, b, a[0] is a[1], b[0] is b[1])  # expect: [[0, 5, 0], [0, 5, 0]] [[0, 5, 0], [0, 0, 0]] True False
x = y = [1]
x += [2]
x = x + [3]
print(x, y)  # expect: [1, 2, 3] [1, 2]
m = [[1, 2, 3], [4, 5, 6]]
print([list(r) for r in zip(*m)], [r[::-1] for r in m], m[::-1], [r[i] for i, r in enumerate(m)], sum(m, []), [c for r in m for c in r if c % 2])
# expect: [[1, 4], [2, 5], [3, 6]] [[3, 2, 1], [6, 5, 4]] [[4, 5, 6], [1, 2, 3]] [1, 5] [1, 2, 3, 4, 5, 6] [1, 3, 5]
l = list(range(10))
for i in range(len(l) - 1, -1, -1):
    if l[i] % 3 == 0: del l[i]
print(l)  # expect: [1, 2, 4, 5, 7, 8]
l[1:3], l[0] = ["s", "t", "u"], "first"
print(l)  # expect: ['first', 's', 't', 'u', 5, 7, 8]
l[len(l):] = "end"
l[:0] = [None]
l[2:2] = l[-2:]
print(l, l.index("t"), l[-1], l[l.index("e")])  # expect: [None, 'first', 'n', 'd', 's', 't', 'u', 5, 7, 8, 'e', 'n', 'd'] 5 d e
s = [3, 1, 2]
t = s
s = sorted(s)
t.sort(reverse=True)
print(s, t)  # expect: [1, 2, 3] [3, 2, 1]
r = [1, [2, [3]]]
c = r[:]
c[1][1].append(4)
c[0] = 9
print(r, c)  # expect: [1, [2, [3, 4]]] [9, [2, [3, 4]]]
q = []
q.append(q)
print(q, q[0][0] is q, len(q), q == q, [q] == [q])  # expect: [[...]] True 1 True True
def f(l=[], *, d={}):
    l.append(len(l)); d[len(d)] = 1
    return l, d
f(); print(f(), f([9], d={}))  # expect: ([0, 1], {0: 1, 1: 1}) ([9, 1], {0: 1})
z = [1, 2, 3, 4]
z[::2], z[1::2] = z[1::2], z[::2]
print(z)  # expect: [2, 1, 4, 3]
z[:], w = z[::-1], z
print(z, w is z)  # expect: [3, 4, 1, 2] True
*z[1:2], z[0] = 7, 8, 9
print(z)  # expect: [9, 7, 8, 1, 2]
print([1, 2] * 2 + [3], [[]] * 0, [*[], *[]], [1] < [1, 0] < [2], [1, 2][-2], [0, 1, 2][True], (lambda l: l.pop() + len(l))([1, 2, 3]))
# expect: [1, 2, 1, 2, 3] [] [] True 1 1 5
i = iter(z)
for e in i:
    if e == 8: next(i, None)
    print("e", e)
# expect: e 9
# expect: e 7
# expect: e 8
# expect: e 2
