"""heapq."""
import heapq
h = []
for x in [5, 1, 4, 1, 3]: heapq.heappush(h, x)
print(h[0], [heapq.heappop(h) for _ in range(5)])  # expect: 1 [1, 1, 3, 4, 5]
l = [9, 8, 7, 6, 5, 4]
heapq.heapify(l)
print(l, heapq.heappushpop(l, 1), heapq.heapreplace(l, 0), l, heapq.nlargest(2, l), heapq.nsmallest(2, l), heapq.nlargest(3, "hello", key=ord), heapq.nsmallest(0, l), list(heapq.merge([1, 4], [2, 3], [0])), list(heapq.merge(["a", "ccc"], ["bb"], key=len)), list(heapq.merge([4, 1], [3, 2], reverse=True)))
# expect: [0, 5, 7, 6, 8, 9] 1 4 [0, 5, 7, 6, 8, 9] [9, 8] [0, 5] ['o', 'l', 'l'] [] [0, 1, 2, 3, 4] ['a', 'bb', 'ccc'] [4, 3, 2, 1]
for call in lambda: heapq.heappop([]), lambda: heapq.heapreplace([], 1), lambda: heapq.heappush((), 1), lambda: heapq.heapify(5), lambda: heapq.heappush([1], "a"):
    try:
        call()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
# expect: IndexError index out of range
# expect: IndexError index out of range
# expect: TypeError heappush() argument 1 must be list, not tuple
# expect: TypeError heapify() argument must be list, not int
# expect: TypeError '<' not supported between instances of 'str' and 'int'
print(heapq.heappushpop([], 5), heapq.nsmallest(10, [2, 1]), heapq.nlargest(1, []))  # expect: 5 [1, 2] []
class Task:
    def __init__(self, p, n): self.p, self.n = p, n
    def __lt__(self, o): return self.p < o.p
q = []
for p, n in [(3, "c"), (1, "a"), (2, "b")]: heapq.heappush(q, Task(p, n))
print([heapq.heappop(q).n for _ in range(3)])  # expect: ['a', 'b', 'c']
def dijkstra(g, s):
    d, q = {s: 0}, [(0, s)]
    while q:
        c, u = heapq.heappop(q)
        if c > d[u]: continue
        for v, w in g[u].items():
            if c + w < d.get(v, 10 ** 9):
                d[v] = c + w
                heapq.heappush(q, (c + w, v))
    return d
print(dijkstra({"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}}, "a"))  # expect: {'a': 0, 'b': 4, 'c': 3, 'd': 6}
