"""OrderedDict: order in comparisons, moving entries, iterators that notice changes, subclasses, pickles."""
import copy
import pickle
from collections import OrderedDict

d = OrderedDict([("a", 1), ("b", 2), ("c", 3)], d=4)
print(d, len(d), list(d), d["b"], d.get("z"), "c" in d)
# expect: OrderedDict({'a': 1, 'b': 2, 'c': 3, 'd': 4}) 4 ['a', 'b', 'c', 'd'] 2 None True
d.move_to_end("a")
print(list(d))
# expect: ['b', 'c', 'd', 'a']
d.move_to_end("c", last=False)
print(list(d.items()))
# expect: [('c', 3), ('b', 2), ('d', 4), ('a', 1)]
d.move_to_end("b", False)
d.move_to_end("b", False)
print(list(d), list(reversed(d)))
# expect: ['b', 'c', 'd', 'a'] ['a', 'd', 'c', 'b']
print(d.popitem(), d.popitem(last=False), d)
# expect: ('a', 1) ('b', 2) OrderedDict({'c': 3, 'd': 4})
for call in (lambda: d.move_to_end("zz"), lambda: OrderedDict().popitem(), lambda: d.pop("zz"), lambda: d["zz"],
             lambda: OrderedDict(1, 2), lambda: OrderedDict([(1,)]), lambda: OrderedDict([(1, 2, 3)]), lambda: OrderedDict([()]),
             lambda: d.update(1, 2), lambda: hash(d), lambda: OrderedDict().move_to_end(1)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
# expect: KeyError 'zz'
# expect: KeyError 'dictionary is empty'
# expect: KeyError 'zz'
# expect: KeyError 'zz'
# expect: TypeError expected at most 1 arguments, got 2
# expect: ValueError need more than 1 value to unpack
# expect: ValueError too many values to unpack (expected 2)
# expect: ValueError need more than 0 values to unpack
# expect: TypeError update() takes at most 1 positional argument (2 given)
# expect: TypeError unhashable type: 'collections.OrderedDict'
# expect: KeyError 1
print(d.pop("zz", 9), d.pop("c"), d.setdefault("x", 5), d.setdefault("x", 6), d)
# expect: 9 3 5 5 OrderedDict({'d': 4, 'x': 5})

# Equality looks at the order only between two ordered dicts.
x, y = OrderedDict(a=1, b=2), OrderedDict(b=2, a=1)
print(x == y, x != y, x == dict(y), dict(y) == x, x == OrderedDict(a=1, b=2), x == 5)
# expect: False True True True True False
print(x | {"c": 3}, {"c": 3} | x, type({} | x).__name__)
# expect: OrderedDict({'a': 1, 'b': 2, 'c': 3}) OrderedDict({'c': 3, 'a': 1, 'b': 2}) OrderedDict
x |= [("e", 5)]
print(x, x.copy() == x, x.copy() is x)
# expect: OrderedDict({'a': 1, 'b': 2, 'e': 5}) True False

# Many moves at both ends, and a queue.
d = OrderedDict.fromkeys(range(40))
for i in range(200):
    d.move_to_end(i % 40, last=i % 3 != 0)
print(list(d))
# expect: [38, 35, 32, 29, 26, 23, 20, 17, 14, 11, 8, 5, 2, 0, 1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 19, 21, 22, 24, 25, 27, 28, 30, 31, 33, 34, 36, 37, 39]
d = OrderedDict()
log = []
for i in range(100):
    d[i] = i
    if len(d) > 5:
        log.append(d.popitem(last=False)[0])
print(log == list(range(95)), list(d), next(iter(d)))
# expect: True [95, 96, 97, 98, 99] 95
del d[95], d[99]
d.move_to_end(98, last=False)
print(list(d), list(d.values()), d.popitem(), d.popitem(False), d)
# expect: [98, 96, 97] [98, 96, 97] (97, 97) (98, 98) OrderedDict({96: 96})

# Iterators notice every change of the keys.
def changed(change, start=iter):
    d = OrderedDict.fromkeys("abcd", 0)
    it = start(d)
    seen = [next(it)]
    change(d)
    try:
        seen += list(it)
        print(seen)
    except Exception as e:
        print(seen, type(e).__name__, e)
        print(list(it))
changed(lambda d: d.move_to_end("a"))
# expect: ['a'] RuntimeError OrderedDict mutated during iteration
# expect: []
changed(lambda d: d.move_to_end("d"))
# expect: ['a', 'b', 'c', 'd']
changed(lambda d: d.__setitem__("b", 7))
# expect: ['a', 'b', 'c', 'd']
changed(lambda d: d.__setitem__("e", 7))
# expect: ['a'] RuntimeError OrderedDict mutated during iteration
# expect: []
changed(lambda d: d.pop("c"))
# expect: ['a'] RuntimeError OrderedDict mutated during iteration
# expect: []
changed(lambda d: d.clear(), lambda d: iter(d.items()))
# expect: [('a', 0)] RuntimeError OrderedDict mutated during iteration
# expect: []
changed(lambda d: d.popitem(), lambda d: iter(d.values()))
# expect: [0] RuntimeError OrderedDict mutated during iteration
# expect: []
changed(lambda d: d.update(a=3), reversed)
# expect: ['d', 'c', 'b', 'a']

# Views.
d = OrderedDict(a=1, b=2)
print(d.keys(), d.values(), d.items())
# expect: odict_keys(['a', 'b']) odict_values([1, 2]) odict_items([('a', 1), ('b', 2)])
print(type(iter(d)).__name__, type(reversed(d)).__name__, type(d.keys()).__name__, list(reversed(d.items())), list(reversed(d.values())))
# expect: odict_iterator odict_iterator odict_keys [('b', 2), ('a', 1)] [2, 1]
print(d.keys() & {"a"}, d.keys() == {"a", "b"}, ("a", 1) in d.items(), isinstance(d.keys(), type({}.keys())), d.keys().mapping)
# expect: {'a'} True True True OrderedDict({'a': 1, 'b': 2})

# Subclasses are asked through their methods.
class Cache(OrderedDict):
    def __init__(self, most):
        super().__init__()
        self.most = most
    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value
    def __setitem__(self, key, value):
        if len(self) == self.most:
            self.popitem(last=False)
        super().__setitem__(key, value)
c = Cache(3)
for i in range(4):
    c[i] = i * i
print(c[2], list(c), c.pop(1), c.popitem(), c.most, c)
# expect: 4 [1, 3, 2] 1 (2, 4) 3 Cache({3: 9})
class Loud(OrderedDict):
    def __setitem__(self, key, value):
        print("set", key)
        super().__setitem__(key, value)
    def __missing__(self, key):
        return key * 2
l = Loud([("p", 1)], q=2)
# expect: set p
# expect: set q
print(l["zz"], l.setdefault("r", 3), l.copy(), Loud.fromkeys("s"))
# expect: set r
# expect: set p
# expect: set q
# expect: set r
# expect: set s
# expect: zzzz 3 Loud({'p': 1, 'q': 2, 'r': 3}) Loud({'s': None})
l.update({"t": 5})
# expect: set t
print(isinstance(l, dict), l)
# expect: True Loud({'p': 1, 'q': 2, 'r': 3, 't': 5})

# Attributes, copies and pickles.
d = OrderedDict(a=1)
print(d.__reduce__()[:4])
# expect: (<class 'collections.OrderedDict'>, (), None, None)
d.mark = "m"
for other in (copy.copy(d), copy.deepcopy(d), pickle.loads(pickle.dumps(d))):
    print(other, type(other) is OrderedDict, other.mark)
# expect: OrderedDict({'a': 1}) True m
# expect: OrderedDict({'a': 1}) True m
# expect: OrderedDict({'a': 1}) True m
it = iter(OrderedDict(a=1, b=2, c=3).items())
next(it)
print(list(pickle.loads(pickle.dumps(it))), list(it))
# expect: [('b', 2), ('c', 3)] [('b', 2), ('c', 3)]
d["self"] = d
print(d)
# expect: OrderedDict({'a': 1, 'self': ...})

# Keys whose equality changes the dict.
class Key:
    left = 0
    def __init__(self, name, act=None): self.name, self.act = name, act
    def __hash__(self): return 7
    def __eq__(self, other):
        if self.act is not None and Key.left:
            Key.left -= 1
            if not Key.left: self.act()
        return self.name == other.name
a = OrderedDict()
b = OrderedDict()
k = Key("k", lambda: a.clear())
a[k] = 1
b[Key("k")] = 1
Key.left = 2
try:
    print(a == b)
except RuntimeError as e:
    print("RuntimeError", e)
# expect: True
