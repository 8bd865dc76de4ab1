"""List, set, dict comprehensions with several clauses."""
print([x for x in range(10) if x % 2 if x > 3], {x % 3 for x in range(9)}, {k: v for k, v in zip("ab", [1, 2])})
# expect: [5, 7, 9] {0, 1, 2} {'a': 1, 'b': 2}
print([(x, y) for x in range(3) for y in "ab" if x], [[y for y in range(x)] for x in range(3)])
# expect: [(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')] [[], [0], [0, 1]]
print([a + b for a, b in [(1, 2), (3, 4)]], [h for h, *t in ["abc", "de"]], [t for _, *t in ["abc"]])  # expect: [3, 7] ['a', 'd'] [['b', 'c']]
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [x for row in matrix for x in row])  # expect: [[1, 4], [2, 5], [3, 6]] [1, 2, 3, 4, 5, 6]
print({k: [i for i in range(k)] for k in range(3)}, {v: k for k, v in {"a": 1, "b": 1}.items()})  # expect: {0: [], 1: [0], 2: [0, 1]} {1: 'b'}
print([x if x > 1 else -x for x in range(4)], [(lambda: x)() for x in "ab"], [not x for x in (0, 1)])
# expect: [0, -1, 2, 3] ['a', 'b'] [True, False]
log = []
def t(x):
    log.append(x)
    return x
{t("k"): t("v") for _ in range(2)}
print(log)  # expect: ['k', 'v', 'k', 'v']
print([i for i in range(5) if i if not i % 2], [y for x in [1, 2] if x > 1 for y in [x, x * 2] if y > 2])  # expect: [2, 4] [4]
print([x for x in [1, 2, 3] if (lambda z: z > 1)(x)], [*(x for x in "ab"), *[x for x in "cd"]])  # expect: [2, 3] ['a', 'b', 'c', 'd']
x = "kept"
[x for x in range(3)]
print(x, [x for _ in [0]])  # expect: kept ['kept']
print([i for i in range(3)][::-1], {i: None for i in "ba"}, sum([j for i in range(4) for j in range(i)]))
# expect: [2, 1, 0] {'b': None, 'a': None} 4
