"""Sets in algorithms; output never depends on iteration order."""
def powerset(s):
    s = sorted(s)
    return [{x for i, x in enumerate(s) if m >> i & 1} for m in range(1 << len(s))]
ps = powerset({1, 2, 3})
print(len(ps), [sorted(p) for p in ps], {1, 2} in ps, sorted(map(len, ps)))
# expect: 8 [[], [1], [2], [1, 2], [3], [1, 3], [2, 3], [1, 2, 3]] True [0, 1, 1, 1, 2, 2, 2, 3]
print(sorted(set("hello") & set("world")), sorted(set("abc") ^ set("bcd")), len(set("mississippi")), sorted({len(w) for w in "a bb cc ddd".split()}))
# expect: ['l', 'o'] ['a', 'd'] 4 [1, 2, 3]
seen, dups = set(), []
for x in [1, 2, 1, 3, 2, 1]: dups.append(x) if x in seen else seen.add(x)
print(dups, sorted(seen))  # expect: [1, 2, 1] [1, 2, 3]
def reachable(g, s):
    out, todo = set(), {s}
    while todo:
        out |= todo
        todo = {n for t in todo for n in g.get(t, ())} - out
    return sorted(out)
print(reachable({1: [2], 2: [3, 1], 4: [5]}, 1), reachable({}, 9))  # expect: [1, 2, 3] [9]
def cover(universe, subsets):
    left, chosen = set(universe), []
    while left:
        best = max(subsets, key=lambda k: (len(subsets[k] & left), k))
        if not subsets[best] & left: return None
        chosen.append(best)
        left -= subsets[best]
    return chosen
print(cover(range(6), {"a": {0, 1, 2}, "b": {2, 3}, "c": {3, 4, 5}, "d": {5}}), cover({1, 9}, {"a": {1}}))  # expect: ['c', 'a'] None
s = set(range(10))
s -= {x for x in s if x % 3 == 0}
s |= {x * 10 for x in s if x < 3}
s ^= {1, 99}
s &= set(range(50)) | {99}
print(sorted(s), 99 in s, s.isdisjoint({100}), s > {2}, s >= s, s != set())  # expect: [2, 4, 5, 7, 8, 10, 20, 99] True True True True True
fs = {frozenset({1, 2}), frozenset({2, 1}), frozenset()}
print(len(fs), {1, 2} in fs, set() in fs, frozenset({2, 1}) in fs, hash(frozenset([1, 2, 3])) == hash(frozenset([3, 2, 1, 1])))
# expect: 2 True True True True
lines = ["a,b", "b,c", "d"]
print(sorted(set().union(*(l.split(",") for l in lines))), sorted(set.intersection(*[set("abc"), set("bcd"), set("cbx")])), sorted({*"ab", *"bc"} - {*"b"}))
# expect: ['a', 'b', 'c', 'd'] ['b', 'c'] ['a', 'c']
