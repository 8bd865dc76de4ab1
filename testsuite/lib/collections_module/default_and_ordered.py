"""defaultdict, OrderedDict, ChainMap, UserDict."""
from collections import defaultdict, OrderedDict, ChainMap, UserDict, UserList, UserString
d = defaultdict(list)
d["a"].append(1); d["b"]
print(d, d.get("q"), "q" in d, d["a"], d.default_factory, dict(d), d | {"z": 1})
# expect: defaultdict(<class 'list'>, {'a': [1], 'b': []}) None False [1] <class 'list'> {'a': [1], 'b': []} defaultdict(<class 'list'>, {'a': [1], 'b': [], 'z': 1})
n = defaultdict(lambda: defaultdict(int))
n["x"]["y"] += 5
print(n["x"], defaultdict(None, a=1)["a"], defaultdict(int, {"k": 1}).copy())
# expect: defaultdict(<class 'int'>, {'y': 5}) 1 defaultdict(<class 'int'>, {'k': 1})
try:
    defaultdict(None)["x"]
except KeyError as error:
    print(repr(error))  # expect: KeyError('x')
try:
    defaultdict(5)
except TypeError as error:
    print(error)  # expect: first argument must be callable or None
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a"); o.move_to_end("c", last=False)
print(o, o.popitem(last=False), o.popitem(), o == {"b": 2}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), list(reversed(OrderedDict(x=1, y=2))))
# expect: OrderedDict({'b': 2}) ('c', 3) ('a', 1) True False True ['y', 'x']
for call in lambda: o.move_to_end("z"), lambda: OrderedDict().popitem():
    try:
        call()
    except KeyError as error:
        print(repr(error))
# expect: KeyError('z')
# expect: KeyError('dictionary is empty')
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
c["n"] = 0
print(c["a"], c["b"], dict(c) == {"a": 1, "b": 3, "n": 0}, c.maps[0], c.parents, c.new_child({"a": 9})["a"], len(c), list(c), "zz" in c, c)
# expect: 1 3 True {'a': 1, 'n': 0} ChainMap({'a': 2, 'b': 3}) 9 3 ['a', 'b', 'n'] False ChainMap({'a': 1, 'n': 0}, {'a': 2, 'b': 3})
try:
    del c["b"]
except KeyError as error:
    print(error)  # expect: "Key not found in the first mapping: 'b'"
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
u = U(a=1)
u.update(b=2)
print(u, u.data, "A" in u, UserList([1, 2]) + [3], UserString("ab").upper(), UserList("ab")[::-1])
# expect: {'A': 1, 'B': 2} {'A': 1, 'B': 2} True [1, 2, 3] AB ['b', 'a']
