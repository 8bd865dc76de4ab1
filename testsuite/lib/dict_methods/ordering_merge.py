"""Dict merging and comparison in detail."""
a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
print(a | b, b | a, {**a, **b}, dict(a, **b), a | {}, {} | a, list((a | b).items()))
# expect: {'x': 1, 'y': 3, 'z': 4} {'y': 2, 'z': 4, 'x': 1} {'x': 1, 'y': 3, 'z': 4} {'x': 1, 'y': 3, 'z': 4} {'x': 1, 'y': 2} {'x': 1, 'y': 2} [('x', 1), ('y', 3), ('z', 4)]
c = a.copy(); c |= b
print(c, a)  # expect: {'x': 1, 'y': 3, 'z': 4} {'x': 1, 'y': 2}
c |= [("w", 0)]; c |= iter([("v", 1)])
print(c)  # expect: {'x': 1, 'y': 3, 'z': 4, 'w': 0, 'v': 1}
for source in "a | [('q', 1)]", "[1] | a", "a |= 5", "a + b", "a & b", "a - b", "a < b", "a | None", "a ^ b":
    try:
        exec(source, {"a": dict(a), "b": b})
        print("ok")
    except TypeError as error:
        print(error)
# expect: unsupported operand type(s) for |: 'dict' and 'list'
# expect: unsupported operand type(s) for |: 'list' and 'dict'
# expect: 'int' object is not iterable
# expect: unsupported operand type(s) for +: 'dict' and 'dict'
# expect: unsupported operand type(s) for &: 'dict' and 'dict'
# expect: unsupported operand type(s) for -: 'dict' and 'dict'
# expect: '<' not supported between instances of 'dict' and 'dict'
# expect: unsupported operand type(s) for |: 'dict' and 'NoneType'
# expect: unsupported operand type(s) for ^: 'dict' and 'dict'
class D(dict): pass
print(type(D(a) | b).__name__, type(a | D(b)).__name__, D(a) == a, a == D(a))  # expect: dict dict True True
class R:
    def __ror__(self, o): return ("ror", sorted(o))
print(a | R(), {k: v for d in (a, b) for k, v in d.items()}, dict(zip(a, b)), a.items() ^ b.items() == {("x", 1), ("y", 2), ("y", 3), ("z", 4)}, sorted(a.keys() & b), sorted(set(a) | b.keys()))
# expect: ('ror', ['x', 'y']) {'x': 1, 'y': 3, 'z': 4} {'x': 'y', 'y': 'z'} True ['y'] ['x', 'y', 'z']
import collections
print(dict(collections.ChainMap(a, b)) == {**b, **a}, {**collections.OrderedDict(b)}, a == {"y": 2.0, "x": True}, {1: 1} == {True: 1.0})
# expect: True {'y': 3, 'z': 4} True True
