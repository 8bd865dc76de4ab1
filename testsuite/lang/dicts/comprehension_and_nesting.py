"""Nested structures built with comprehensions and setdefault."""
text = "the quick brown the lazy the quick"
print({w: text.split().count(w) for w in text.split()}, {len(w): w for w in text.split()}, {k: [w for w in text.split() if w[0] == k] for k in sorted({w[0] for w in text.split()})})
# expect: {'the': 3, 'quick': 2, 'brown': 1, 'lazy': 1} {3: 'the', 5: 'quick', 4: 'lazy'} {'b': ['brown'], 'l': ['lazy'], 'q': ['quick', 'quick'], 't': ['the', 'the', 'the']}
g = {}
for w in text.split(): g.setdefault(w[0], {}).setdefault(len(w), []).append(w)
print(g)  # expect: {'t': {3: ['the', 'the', 'the']}, 'q': {5: ['quick', 'quick']}, 'b': {5: ['brown']}, 'l': {4: ['lazy']}}
inv = {v: k for k, v in {"a": 1, "b": 2, "c": 1}.items()}
print(inv, {**inv, 3: "z"}, {(i, j): i * j for i in range(3) for j in range(i)}, {i: {j: i + j for j in range(2)} for i in range(2)})
# expect: {1: 'c', 2: 'b'} {1: 'c', 2: 'b', 3: 'z'} {(1, 0): 0, (2, 0): 0, (2, 1): 2} {0: {0: 0, 1: 1}, 1: {0: 1, 1: 2}}
log = []
def k(x): log.append(f"k{x}"); return x
def v(x): log.append(f"v{x}"); return x
{k(i): v(i) for i in range(2)}
{k(9): v(9), **{k(8): v(8)}, k(7): v(7)}
print(log)  # expect: ['k0', 'v0', 'k1', 'v1', 'k9', 'v9', 'k8', 'v8', 'k7', 'v7']
d = {"a": {"b": {"c": 1}}}
d["a"]["b"]["d"] = 2
d["a"]["x"] = d["a"]["b"]
d["a"]["x"]["e"] = 3
print(d, d["a"]["b"] is d["a"]["x"])  # expect: {'a': {'b': {'c': 1, 'd': 2, 'e': 3}, 'x': {'c': 1, 'd': 2, 'e': 3}}} True
def get(d, path, default=None):
    for p in path.split("."):
        try: d = d[p]
        except (KeyError, TypeError): return default
    return d
print(get(d, "a.b.c"), get(d, "a.z.c", "none"), get(d, "a.b.c.d"))  # expect: 1 none None
def merge(a, b): return {k: merge(a[k], b[k]) if isinstance(a.get(k), dict) and isinstance(b.get(k), dict) else b.get(k, a.get(k)) for k in a | b}
print(merge({"x": {"y": 1, "z": 2}, "w": 0}, {"x": {"y": 5}, "v": 9}))  # expect: {'x': {'y': 5, 'z': 2}, 'w': 0, 'v': 9}
def flatten(d, prefix=""): return {kk: vv for k, v in d.items() for kk, vv in (flatten(v, f"{prefix}{k}.") if isinstance(v, dict) else {prefix + k: v}).items()}
print(flatten({"a": 1, "b": {"c": 2, "d": {"e": 3}}}))  # expect: {'a': 1, 'b.c': 2, 'b.d.e': 3}
print({x: y for x, y in zip("abc", range(3)) if y}, {**{i: i for i in range(2)}}, dict(enumerate("ab")), {None: [], ...: ()}, sorted({not i for i in range(3)}), {1 if i else 0: i for i in range(3)})
# expect: {'b': 1, 'c': 2} {0: 0, 1: 1} {0: 'a', 1: 'b'} {None: [], Ellipsis: ()} [False, True] {0: 0, 1: 2}
