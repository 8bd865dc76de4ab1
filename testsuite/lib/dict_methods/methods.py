"""Every method of dict."""
d = {"a": 1, "b": 2}
print(d.get("a"), d.get("z"), d.get("z", 0), d.setdefault("a", 9), d.setdefault("c"), d.setdefault("d", []), d)
# expect: 1 None 0 1 None [] {'a': 1, 'b': 2, 'c': None, 'd': []}
print(d.pop("a"), d.pop("zz", "default"), d.popitem(), d)  # expect: 1 default ('d', []) {'b': 2, 'c': None}
d.update(x=1)
d.update([("y", 2)], z=3)
d.update({"b": 0})
d.update()
print(d, d.copy() == d, d.copy() is d, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), {}.fromkeys("x", 1), len(d), "b" in d, list(d.keys()), list(d.values()), list(d.items()))
# expect: {'b': 0, 'c': None, 'x': 1, 'y': 2, 'z': 3} True False {'a': None, 'b': None} {1: 0, 2: 0} {'x': 1} 5 True ['b', 'c', 'x', 'y', 'z'] [0, None, 1, 2, 3] [('b', 0), ('c', None), ('x', 1), ('y', 2), ('z', 3)]
for source in "{}['k']", "{}.pop('k')", "{}.popitem()", "{}.update(5)", "{}.update([(1, 2, 3)])", "{}.get()", "{}.fromkeys(5)", "{} | [1]", "{} < {}", "dict(1, 2)", "{}.setdefault()", "{'a': 1}['b']", "{1: 2}[(1, 2)]", "del_()", "{}.update({}, {})", "{}.pop()", "{1: 2}[None]":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: KeyError 'k'
# expect: KeyError 'k'
# expect: KeyError 'popitem(): dictionary is empty'
# expect: TypeError 'int' object is not iterable
# expect: ValueError dictionary update sequence element #0 has length 3; 2 is required
# expect: TypeError get expected at least 1 argument, got 0
# expect: TypeError 'int' object is not iterable
# expect: TypeError unsupported operand type(s) for |: 'dict' and 'list'
# expect: TypeError '<' not supported between instances of 'dict' and 'dict'
# expect: TypeError dict expected at most 1 argument, got 2
# expect: TypeError setdefault expected at least 1 argument, got 0
# expect: KeyError 'b'
# expect: KeyError (1, 2)
# expect: NameError name 'del_' is not defined
# expect: TypeError update expected at most 1 argument, got 2
# expect: TypeError pop expected at least 1 argument, got 0
# expect: KeyError None
a = {"x": 1}
b = a | {"y": 2}
a |= {"x": 5}
print(a, b, {**a, **b}, a == {"x": 5}, a != b, dict(a) is a, type({} | {}).__name__)
# expect: {'x': 5} {'x': 1, 'y': 2} {'x': 1, 'y': 2} True True False dict
class D(dict):
    def __missing__(self, k): return f"<{k}>"
m = D(a=1)
print(m["q"], m.get("q"), m | {"b": 2}, type(m.copy()).__name__, type(m | {}).__name__, "q" in m)  # expect: <q> None {'a': 1, 'b': 2} dict dict False
print(dict(zip("ab", [1, 2])), {i: i * i for i in range(3)}, dict({"a": 1}, a=2), dict(a=1, b=dict(c=2))["b"]["c"], sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]))
# expect: {'a': 1, 'b': 2} {0: 0, 1: 1, 2: 4} {'a': 2} 2 [('b', 1), ('a', 2)]
d.clear()
print(d, bool(d), repr({"k": {}, (): []}), {1: {2: {3: "deep"}}}[1][2][3])  # expect: {} False {'k': {}, (): []} deep
