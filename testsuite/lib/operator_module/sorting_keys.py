"""Sorting and grouping records with itemgetter and attrgetter."""
from operator import itemgetter, attrgetter, methodcaller
from itertools import groupby
from types import SimpleNamespace as N
rows = [{"n": "b", "a": 2, "t": {"x": 1}}, {"n": "a", "a": 2, "t": {"x": 5}}, {"n": "c", "a": 1, "t": {"x": 3}}]
print([r["n"] for r in sorted(rows, key=itemgetter("a", "n"))], [r["n"] for r in sorted(rows, key=lambda r: r["t"]["x"], reverse=True)], min(rows, key=itemgetter("a"))["n"])
# expect: ['c', 'a', 'b'] ['a', 'c', 'b'] c
objs = [N(n="x", k=N(v=3)), N(n="y", k=N(v=1)), N(n="z", k=N(v=2))]
print([o.n for o in sorted(objs, key=attrgetter("k.v"))], attrgetter("n", "k.v")(objs[0]), max(objs, key=attrgetter("k.v")).n)
# expect: ['y', 'z', 'x'] ('x', 3) x
print({k: [r["n"] for r in g] for k, g in groupby(sorted(rows, key=itemgetter("a")), itemgetter("a"))}, sorted(["b", "A", "c"], key=methodcaller("lower")), list(map(methodcaller("split", ","), ["a,b", "c"])), [*map(itemgetter(slice(None, None, -1)), ["abc", "de"])])
# expect: {1: ['c'], 2: ['b', 'a']} ['A', 'b', 'c'] [['a', 'b'], ['c']] ['cba', 'ed']
print(itemgetter(1, -1, 0)("hello"), itemgetter("k")({"k": itemgetter}) is itemgetter, sorted(enumerate("hello"), key=itemgetter(1, 0)), dict(sorted({"b": 1, "a": 2}.items(), key=itemgetter(1))))
# expect: ('e', 'o', 'h') True [(1, 'e'), (0, 'h'), (2, 'l'), (3, 'l'), (4, 'o')] {'b': 1, 'a': 2}
for bad in lambda: itemgetter(5)("abc"), lambda: itemgetter("a")([1]), lambda: attrgetter("a.b")(N(a=1)), lambda: methodcaller("nope")(1), lambda: methodcaller(5):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
# expect: IndexError string index out of range
# expect: TypeError list indices must be integers or slices, not str
# expect: AttributeError 'int' object has no attribute 'b'
# expect: AttributeError 'int' object has no attribute 'nope'
# expect: TypeError method name must be a string
