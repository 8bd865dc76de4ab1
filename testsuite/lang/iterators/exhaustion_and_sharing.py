"""Iterators exhausted once stay exhausted; sharing and interleaving."""
l = [1, 2, 3]
it = iter(l)
print(list(it), list(it), next(it, "end"))  # expect: [1, 2, 3] [] end
l.append(4)
print(list(it))  # expect: []
it = iter(l)
print(next(it), sum(it), list(it))  # expect: 1 9 []
a = iter("abcdef")
print(list(zip(a, a, a)), next(a, None))  # expect: [('a', 'b', 'c'), ('d', 'e', 'f')] None
b = iter(range(10))
print(next(b), [x for x in b if x % 2], [x for x in b])  # expect: 0 [1, 3, 5, 7, 9] []
for x in (c := iter("xyz")):
    print(x, next(c, "-"))
# expect: x y
# expect: z -
m = map(lambda v: v * 2, n := iter([1, 2, 3]))
print(next(m), next(n), list(m), list(n))  # expect: 2 2 [6] []
f = filter(None, iter([0, 1, 2, 0, 3]))
print(next(f), 2 in f, list(f))  # expect: 1 True [3]
e = enumerate(iter("ab"))
print(next(e), dict(e), list(e))  # expect: (0, 'a') {1: 'b'} []
r = reversed([1, 2, 3])
print(next(r), list(r), list(r))  # expect: 3 [2, 1] []
s = iter(lambda: 5, 5)
print(list(s), next(s, "done"))  # expect: [] done
d = {"a": 1, "b": 2}
k = iter(d)
print(next(k), list(k), list(k))  # expect: a ['b'] []
z = zip(iter([1, 2]), iter("a"))
print(list(z), list(z))  # expect: [(1, 'a')] []
class Flaky:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n % 3 == 0: raise StopIteration
        return self.n
fl = Flaky()
print(list(fl), list(fl), list(fl), fl.n)  # expect: [1, 2] [4, 5] [7, 8] 9
class Count:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n): yield i
q = Count(3)
print(list(q), list(q), [(i, j) for i in q for j in q if i < j], 2 in q, max(q), sorted(q, reverse=True), *q)
# expect: [0, 1, 2] [0, 1, 2] [(0, 1), (0, 2), (1, 2)] True 2 [2, 1, 0] 0 1 2
u, *v = q
print(u, v, dict(zip("abc", q)), sum(q), list(map(lambda i, j: i + j, q, q)), all(q), any(q))
# expect: 0 [1, 2] {'a': 0, 'b': 1, 'c': 2} 3 [0, 2, 4] False True
w = iter([[1, 2], [3]])
print([y for x in w for y in x], next(w, "empty"), "".join(c for c in iter("join")), set(iter([1, 1])), tuple(iter(())))
# expect: [1, 2, 3] empty join {1} ()
