"""list.sort with keys, failures and mutation."""
l = ["b", "A", "c", "B"]
l.sort(key=str.lower); print(l)  # expect: ['A', 'b', 'B', 'c']
l.sort(key=str.lower, reverse=True); print(l)  # expect: ['c', 'b', 'B', 'A']
l = [(1, "b"), (0, "z"), (1, "a")]
l.sort(); print(l)  # expect: [(0, 'z'), (1, 'a'), (1, 'b')]
l.sort(key=lambda t: t[1]); print(l)  # expect: [(1, 'a'), (1, 'b'), (0, 'z')]
seen = []
l = [3, 1, 2]
l.sort(key=lambda x: seen.append(len(l)) or x)
print(l, seen)  # expect: [1, 2, 3] [0, 0, 0]
class V:
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        if self.n == 99: raise RuntimeError("cannot compare")
        return self.n < o.n
data = [V(3), V(99), V(1)]
try:
    data.sort()
except RuntimeError as error:
    print(error, sorted(v.n for v in data))  # expect: cannot compare [1, 3, 99]
import random
r = random.Random(5)
for n in (0, 1, 2, 31, 32, 33, 64, 65, 1000):
    xs = [r.randrange(n + 1) for _ in range(n)]
    ys = xs[:]
    ys.sort()
    assert all(a <= b for a, b in zip(ys, ys[1:])) and sorted(xs, reverse=True) == ys[::-1]
    zs = sorted(enumerate(xs), key=lambda t: t[1])
    assert all(a[1] < b[1] or a[0] < b[0] for a, b in zip(zs, zs[1:]))
print("sizes sorted")  # expect: sizes sorted
runs = list(range(100)) + list(range(50, 0, -1)) + [7] * 20
runs.sort(); print(runs[:5], runs[-3:], len(runs))  # expect: [0, 1, 1, 2, 2] [97, 98, 99] 170
print(sorted([2.5, 1, True, -1, 2 ** 70, float("inf")]), sorted(["é", "z", "a", "Z"]), sorted([b"b", b"a"]), sorted([[1, 2], [1], []]), sorted([{1}, {1, 2}], key=len, reverse=True))
# expect: [-1, 1, True, 2.5, 1180591620717411303424, inf] ['Z', 'a', 'z', 'é'] [b'a', b'b'] [[], [1], [1, 2]] [{1, 2}, {1}]
l = [0] * 5
l.sort(key=lambda x: 0); print(l)  # expect: [0, 0, 0, 0, 0]
