"""* and ** in calls, displays, subscripts, returns and yields."""
def f(*a, **k): return a, k
a, d = [1, 2], {"x": 1}
print(f(*a, 3, *a, **d, y=2, **{"z": 3}), f(*a, *(), *{}, **{}), [*a, *d], {*a, *"ab"} == {1, 2, "a", "b"}, {**d, "x": 9}, (*a,), (*a, *a))
# expect: ((1, 2, 3, 1, 2), {'x': 1, 'y': 2, 'z': 3}) ((1, 2), {}) [1, 2, 'x'] True {'x': 9} (1, 2) (1, 2, 1, 2)
def r(): return *a, 3
def y():
    x = yield *a, 9
    yield (*[x], *a)
g = y()
print(r(), next(g), g.send("s"))  # expect: (1, 2, 3) (1, 2, 9) ('s', 1, 2)
class S:
    def __getitem__(self, k): return k
print(S()[*a], S()[0, *a], S()[*a, 1:2])  # expect: (1, 2) (0, 1, 2) (1, 2, slice(1, 2, None))
for i, *rest in [(1, 2, 3), "ab"]: print(i, rest)
# expect: 1 [2, 3]
# expect: a ['b']
for x in *a, 5: print(x, end=";")
print()  # expect: 1;2;5;
print(*a, sep="|"), print(*[]), print(*"xyz", sep="")
# expect: 1|2
# expect:
# expect: xyz
def gen():
    print("gen starts")
    yield from a
print(f(*gen(), *map(str, a)), max(*a, *[9, 3]), dict(**d, **{"q": 1}), "{} {} {k}".format(*a, **{"k": 5}))
# expect: gen starts
# expect: ((1, 2, '1', '2'), {}) 9 {'x': 1, 'q': 1} 1 2 5
l = [*range(3), *[*"ab", *(c for c in "c")]]
print(l, [*l[:2]], *l[-1:], {**{**{**d}}}, sum([*a, *a]), [[*x] for x in ("ab", "c")])
# expect: [0, 1, 2, 'a', 'b', 'c'] [0, 1] c {'x': 1} 6 [['a', 'b'], ['c']]
print(f(*a, *a, k=1), f(**dict.fromkeys("abc", 0)), (lambda *x: x)(*{"k": 1}), *(i for i in a))
# expect: ((1, 2, 1, 2), {'k': 1}) ((), {'a': 0, 'b': 0, 'c': 0}) ('k',) 1 2
