"""Comprehensions inside classes, lambdas, defaults and comprehensions."""
print([[x for x in range(y)] for y in range(3)], [lambda: x for x in range(2)][0](), [f() for f in [lambda i=i: i * i for i in range(3)]])
# expect: [[], [0], [0, 1]] 1 [0, 1, 4]
def f(n):
    fs = [lambda k: k + n + i for i in range(3)]
    n = 100
    return [g(1) for g in fs]
print(f(1))  # expect: [103, 103, 103]
class C:
    a = 2
    b = [a for a in range(3)]
    c = [x for x in range(a)]
    d = {k: v for k, v in enumerate("ab")}
    try: e = [a for _ in range(1) for _ in range(1) if a]
    except NameError as err: print(err)
    f = (lambda a=a: [a for _ in range(2)])()
    g = list(map(lambda x: x, [a]))
# expect: name 'a' is not defined
print(C.a, C.b, C.c, C.d, C.f, C.g)  # expect: 2 [0, 1, 2] [0, 1] {0: 'a', 1: 'b'} [2, 2] [2]
x = "global"
print([x for x in [x, x + "!"]], x, {x: x for x in "k"}, [x for _ in [0]], [[x for x in x] for x in ["ab", "c"]])
# expect: ['global', 'global!'] global {'k': 'k'} ['global'] [['a', 'b'], ['c']]
def outer():
    x = "outer"
    def inner(): return [(x, y) for y in "ab"]
    return inner(), [x for x in [x]], x
print(outer())  # expect: ([('outer', 'a'), ('outer', 'b')], ['outer'], 'outer')
def gen_late():
    out = []
    for i in range(3): out.append(i + j for j in [10])
    return [list(g) for g in out]
print(gen_late())  # expect: [[12], [12], [12]]
print([y := 1, [y := y + z for z in range(3)], y], y)  # expect: [1, [1, 2, 4], 4] 4
def walrus():
    r = [last := v for v in "xyz"]
    return last, r
print(walrus(), "last" in globals())  # expect: ('z', ['x', 'y', 'z']) False
print([a + b for a in "xy" for b in "12" if (a, b) != ("x", "2")], [(i, j) for i in range(4) for j in range(i) if i % 2 if j % 2 == 0])
# expect: ['x1', 'y1', 'y2'] [(1, 0), (3, 0), (3, 2)]
print({*[i % 3 for i in range(9)]}, sum(i * j for i in range(4) for j in range(i)), dict([(k, [v for v in range(k)]) for k in range(3)]), [*{i: i for i in range(2)}.items()])
# expect: {0, 1, 2} 11 {0: [], 1: [0], 2: [0, 1]} [(0, 0), (1, 1)]
print([(lambda z: z * y)(2) for y in range(3)], [[*r] for r in zip(*[[1, 2], [3, 4]])], [c for w in ["ab", "cd"] for c in w][::-1], any(v > 2 for v in [1, 2, 3]), [i for i in range(5) if not any(i % j == 0 for j in range(2, i))])
# expect: [0, 2, 4] [[1, 3], [2, 4]] ['d', 'c', 'b', 'a'] True [0, 1, 2, 3]
def recursion(n): return [recursion(n - 1) for _ in range(2)] if n else 0
print(recursion(3))  # expect: [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]
it = iter("abc")
print([(next(it), v) for v in [1, 2]], list(it), [i for i in (lambda: (yield from [1, 2]))()])  # expect: [('a', 1), ('b', 2)] ['c'] [1, 2]
