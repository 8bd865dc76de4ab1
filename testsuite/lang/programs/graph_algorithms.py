"""Breadth first, depth first, topological order, components, spanning tree."""
from collections import deque, defaultdict
import heapq
edges = [("a", "b", 4), ("a", "c", 2), ("b", "c", 5), ("b", "d", 10), ("c", "e", 3), ("e", "d", 4), ("d", "f", 11), ("x", "y", 1)]
g = defaultdict(dict)
for u, v, w in edges: g[u][v] = g[v][u] = w
def bfs(s):
    seen, order, q = {s}, [], deque([s])
    while q:
        u = q.popleft()
        order.append(u)
        for v in sorted(g[u]):
            if v not in seen: seen.add(v); q.append(v)
    return order
def dfs(u, seen=None):
    seen = seen if seen is not None else set()
    seen.add(u)
    yield u
    for v in sorted(g[u]):
        if v not in seen: yield from dfs(v, seen)
def dijkstra(s):
    dist, prev, q = {s: 0}, {}, [(0, s)]
    while q:
        d, u = heapq.heappop(q)
        if d > dist[u]: continue
        for v, w in g[u].items():
            if d + w < dist.get(v, float("inf")):
                dist[v], prev[v] = d + w, u
                heapq.heappush(q, (d + w, v))
    return dist, prev
def path(prev, t):
    out = [t]
    while out[-1] in prev: out.append(prev[out[-1]])
    return "".join(out[::-1])
def kruskal():
    parent = {v: v for v in g}
    def find(x):
        while parent[x] != x: parent[x] = x = parent[parent[x]]
        return x
    tree = []
    for u, v, w in sorted(edges, key=lambda e: e[2]):
        if (a := find(u)) != (b := find(v)):
            parent[a] = b
            tree.append((u, v, w))
    return tree
dist, prev = dijkstra("a")
print(bfs("a"), "".join(dfs("a")), dist, path(prev, "f"))
# expect: ['a', 'b', 'c', 'd', 'e', 'f'] abcedf {'a': 0, 'b': 4, 'c': 2, 'e': 5, 'd': 9, 'f': 20} acedf
print(kruskal(), sum(w for *_, w in kruskal()), sorted(map(sorted, {frozenset(bfs(v)) for v in list(g)})))
# expect: [('x', 'y', 1), ('a', 'c', 2), ('c', 'e', 3), ('a', 'b', 4), ('e', 'd', 4), ('d', 'f', 11)] 25 [['a', 'b', 'c', 'd', 'e', 'f'], ['x', 'y']]
deps = {"app": ["lib", "ui"], "ui": ["lib", "core"], "lib": ["core"], "core": []}
def topo(deps):
    state, out = {}, []
    def visit(n, trail=()):
        if state.get(n) == 1: raise ValueError("cycle " + "->".join((*trail, n)))
        if n in state: return
        state[n] = 1
        for d in deps[n]: visit(d, (*trail, n))
        state[n] = 2
        out.append(n)
    for n in deps: visit(n)
    return out
print(topo(deps))  # expect: ['core', 'lib', 'ui', 'app']
try:
    topo({"a": ["b"], "b": ["c"], "c": ["a"]})
except ValueError as error:
    print(error)  # expect: cycle a->b->c->a
def floyd(nodes):
    inf = float("inf")
    d = {(u, v): 0 if u == v else g[u].get(v, inf) for u in nodes for v in nodes}
    for k in nodes:
        for i in nodes:
            for j in nodes: d[i, j] = min(d[i, j], d[i, k] + d[k, j])
    return d
d = floyd("abcdefxy")
print(d["a", "f"], d["a", "x"], d["b", "e"], max(v for v in d.values() if v < 1e9))  # expect: 20 inf 8 21
