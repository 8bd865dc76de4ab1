"""Dicts as switch tables, counters, graphs, sparse matrices."""
ops = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b if b else "inf", "max": max}
for e in "3 + 4", "9 / 0", "2 * 8", "5 max 7", "1 ? 2":
    a, o, b = e.split()
    print(e, "=", ops.get(o, lambda a, b: f"unknown {o}")(int(a), int(b)))
# expect: 3 + 4 = 7
# expect: 9 / 0 = inf
# expect: 2 * 8 = 16
# expect: 5 max 7 = 7
# expect: 1 ? 2 = unknown ?
counts = {}
for c in "mississippi": counts[c] = counts.get(c, 0) + 1
print(counts, sorted(counts, key=lambda k: (-counts[k], k)), {n: [k for k in counts if counts[k] == n] for n in set(counts.values())} == {1: ["m"], 4: ["i", "s"], 2: ["p"]})
# expect: {'m': 1, 'i': 4, 's': 4, 'p': 2} ['i', 's', 'p', 'm'] True
graph = {"a": {"b": 1, "c": 4}, "b": {"c": 2, "d": 6}, "c": {"d": 3}, "d": {}}
def shortest(s, t, seen=()): return 0 if s == t else min((w + shortest(n, t, (*seen, s)) for n, w in graph[s].items() if n not in seen), default=float("inf"))
print(shortest("a", "d"), shortest("d", "a"), {v: [u for u in graph if v in graph[u]] for v in graph})
# expect: 6 inf {'a': [], 'b': ['a'], 'c': ['a', 'b'], 'd': ['b', 'c']}
sparse = {(0, 1): 5, (2, 2): 7}
print([[sparse.get((r, c), 0) for c in range(3)] for r in range(3)], {(c, r): v for (r, c), v in sparse.items()})
# expect: [[0, 5, 0], [0, 0, 0], [0, 0, 7]] {(1, 0): 5, (2, 2): 7}
state = {"x": 1}
def run(cmds):
    for c in cmds:
        match c.split("="):
            case [k, v] if v.lstrip("-").isdigit(): state[k] = int(v)
            case [k, v]: state[k] = state[v]
            case [k]: state.pop(k, None)
    return state
print(run(["y=5", "z=y", "x", "w=-3"]))  # expect: {'y': 5, 'z': 5, 'w': -3}
cache = {}
def slow(n): return cache[n] if n in cache else cache.setdefault(n, n if n < 2 else slow(n - 1) + slow(n - 2))
print(slow(60), len(cache), list(cache)[:5])  # expect: 1548008755920 61 [1, 0, 2, 3, 4]
d = dict.fromkeys(range(5), 0)
for i in range(23): d[i % 5] += i
print(d, sum(d.values()), max(d.items(), key=lambda kv: kv[1]), {k: v for k, v in d.items() if v > 45})
# expect: {0: 50, 1: 55, 2: 60, 3: 42, 4: 46} 253 (2, 60) {0: 50, 1: 55, 2: 60, 4: 46}
groups = {}
for n in range(20): groups.setdefault((n % 2 == 0, n % 3 == 0), []).append(n)
print(groups[True, True], {k: len(v) for k, v in groups.items()})
# expect: [0, 6, 12, 18] {(True, True): 4, (False, False): 7, (True, False): 6, (False, True): 3}
