"""Lists of ints, floats and mixed values keep exact types."""
l = [1, 2, 3]
l.append(2.5)
print(l, [type(x).__name__ for x in l])  # expect: [1, 2, 3, 2.5] ['int', 'int', 'int', 'float']
l = [1.5, 2.5]
l[0] = 7
print(l, sum(l))  # expect: [7, 2.5] 9.5
l = [1, 2]
l[1] = True
print(l, l[1] is True)  # expect: [1, True] True
l = list(range(5))
l[2] = 2 ** 80
l.append(None)
print(l)  # expect: [0, 1, 1208925819614629174706176, 3, 4, None]
l = [0.0, -0.0]
print(l, l.count(0), l.index(-0.0), [float("nan")] * 2)  # expect: [0.0, -0.0] 2 0 [nan, nan]
l = [1, 2, 3]
l.extend([4.0, 5.0])
l.insert(0, "s")
print(l, l[::-1], l[1:3] + l[4:])  # expect: ['s', 1, 2, 3, 4.0, 5.0] [5.0, 4.0, 3, 2, 1, 's'] [1, 2, 4.0, 5.0]
f = [1.0, 2.0, 3.0]
print(f == [1, 2, 3], 2 in f, f.index(2), f.remove(2), f, [x * 2 for x in f], max(f), sorted(f + [0]))
# expect: True True 1 None [1.0, 3.0] [2.0, 6.0] 3.0 [0, 1.0, 3.0]
r = list(range(10))
r[3:5] = ["x"]
r.remove(7)
r.sort(key=str)
print(r)  # expect: [0, 1, 2, 5, 6, 8, 9, 'x']
a = []
for x in 1, 1.5, 10 ** 30, "s", None, (1,), [2]: a.append(x)
print(a, len(a), a[2] + 1)  # expect: [1, 1.5, 1000000000000000000000000000000, 's', None, (1,), [2]] 7 1000000000000000000000000000001
b = [1] * 5
b[0] += 0.5
b[1] = b
print(b[0], b[1] is b, len(b), b[2:] == [1, 1, 1])  # expect: 1.5 True 5 True
c = [2 ** 61, -2 ** 61, 2 ** 62, -2 ** 62 - 1]
print(c, sum(c), sorted(c), c.index(2 ** 62))
# expect: [2305843009213693952, -2305843009213693952, 4611686018427387904, -4611686018427387905] -1 [-4611686018427387905, -2305843009213693952, 2305843009213693952, 4611686018427387904] 2
d = [True, False, 1, 0]
print(d, d.count(True), d.index(0), [type(x).__name__ for x in sorted(d)])  # expect: [True, False, 1, 0] 2 1 ['bool', 'int', 'bool', 'int']
