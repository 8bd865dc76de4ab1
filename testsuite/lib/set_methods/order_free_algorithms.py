"""Set algebra laws checked over many sets."""
import itertools, random
r = random.Random(3)
sets = [frozenset(r.sample(range(12), r.randrange(8))) for _ in range(12)]
u = frozenset(range(12))
for a, b in itertools.product(sets, repeat=2):
    assert u - (a | b) == (u - a) & (u - b)
    assert a ^ b == (a | b) - (a & b) == (a - b) | (b - a)
    assert (a <= b) == (a | b == b) == (a & b == a) == all(x in b for x in a)
    assert a.isdisjoint(b) == (not a & b)
    assert (a < b) == (a <= b and a != b) and hash(a | b) == hash(b | a)
    m = set(a); m &= b; assert m == a & b
    m = set(a); m -= b; assert m == a - b
    m = set(a); m ^= b; assert m == a ^ b
    m = set(a); m |= b; assert m == a | b and len(m) == len(a) + len(b) - len(a & b)
print("laws hold", len(set(sets)) <= 12)  # expect: laws hold True
s = set()
for i in range(1000): s.add(i * 7919 % 1009)
print(len(s), min(s), max(s), sum(s))  # expect: 1000 0 1008 504678
for i in range(0, 1009, 3): s.discard(i)
print(len(s), 3 in s, 4 in s)  # expect: 669 False True
while len(s) > 10: s.pop()
print(len(s), s.issubset(range(1009)))  # expect: 10 True
def components(edges):
    groups = []
    for a, b in edges:
        hit = [g for g in groups if a in g or b in g]
        merged = {a, b}.union(*hit)
        groups = [g for g in groups if g not in hit] + [merged]
    return sorted(sorted(g) for g in groups)
print(components([(1, 2), (3, 4), (2, 5), (6, 7), (7, 3), (8, 8)]))  # expect: [[1, 2, 5], [3, 4, 6, 7], [8]]
