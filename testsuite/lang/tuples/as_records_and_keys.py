"""Tuples as keys, records, multiple returns and sort keys."""
points = {(0, 0): "origin", (1, 0): "east", (0, 1): "north"}
print(points[0, 0], points.get((5, 5)), (1, 0) in points, (1.0, False) in points, sorted(points), {v: k for k, v in points.items()}["north"])
# expect: origin None True True [(0, 0), (0, 1), (1, 0)] (0, 1)
def stats(xs): return min(xs), max(xs), sum(xs) / len(xs)
lo, hi, mean = stats([3, 1, 2])
print(lo, hi, mean, stats([5])[1], *stats([1, 2]))  # expect: 1 3 2.0 5 1 2 1.5
people = [("Ann", 30, 1.7), ("Bob", 25, 1.8), ("Cid", 30, 1.6)]
print(sorted(people, key=lambda p: (-p[1], p[0])), max(people, key=lambda p: p[2])[0], [n for n, a, _ in people if a == 30], list(zip(*people)), dict((n, (a, h)) for n, a, h in people))
# expect: [('Ann', 30, 1.7), ('Cid', 30, 1.6), ('Bob', 25, 1.8)] Bob ['Ann', 'Cid'] [('Ann', 'Bob', 'Cid'), (30, 25, 30), (1.7, 1.8, 1.6)] {'Ann': (30, 1.7), 'Bob': (25, 1.8), 'Cid': (30, 1.6)}
t = (1, (2, 3), [4, (5,)])
(a, (b, c), [d, (e,)]) = t
print(a, b, c, d, e, t[1][0], t[2][1][0], t + (6,), (0,) * 3, t[::2], t.index([4, (5,)]), (1, 2) < (1, 2, 0) < (1, 3), (1, "a") < (2, 0), () == tuple(), (1,) != 1)
# expect: 1 2 3 4 5 2 5 (1, (2, 3), [4, (5,)], 6) (0, 0, 0) (1, [4, (5,)]) 2 True True True True
memo = {}
def paths(r, c):
    if (r, c) in memo: return memo[r, c]
    memo[r, c] = v = 1 if 0 in (r, c) else paths(r - 1, c) + paths(r, c - 1)
    return v
print(paths(10, 10), len(memo), memo[3, 2])  # expect: 184756 120 10
grid = {(x, y): x * y for x in range(4) for y in range(4)}
print(sum(v for (x, y), v in grid.items() if x == y), max(grid, key=lambda k: (grid[k], k)), [grid[i, 3 - i] for i in range(4)], len({tuple(sorted(k)) for k in grid}))
# expect: 14 (3, 3) [0, 2, 2, 0] 10
h = {hash((1, 2)), hash((2, 1)), hash((1, (2,))), hash(((1,), 2))}
print(len(h), hash((1, 2.0)) == hash((True + 0, 2)), (nan := float("nan"), 1) == (nan, 1), (float("nan"),) == (float("nan"),))
# expect: 4 True True False
