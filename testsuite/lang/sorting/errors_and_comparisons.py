"""Sorting uses __lt__ only; errors leave the list with all its elements."""
class L:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f"L{self.v}"
print(sorted([L(3), L(1), L(2)]), min(L(2), L(1)))  # expect: [L1, L2, L3] L1
try:
    max(L(1), L(2))
    print("reflected")  # expect: reflected
except TypeError as error:
    print(error)
for data in [3, "a", 1], [None, 1], [1j, 2j], [{}, {}], [[1], [None], ["a"]]:
    try:
        print(sorted(data))
    except TypeError as error:
        print(error)
# expect: '<' not supported between instances of 'str' and 'int'
# expect: '<' not supported between instances of 'int' and 'NoneType'
# expect: '<' not supported between instances of 'complex' and 'complex'
# expect: '<' not supported between instances of 'dict' and 'dict'
# expect: '<' not supported between instances of 'NoneType' and 'int'
l = [3, "x", 1, 2]
try:
    l.sort()
except TypeError:
    print(len(l), set(map(str, l)) == set("3x12"))  # expect: 4 True
def bad(x):
    if x == 2: raise KeyError("key failed")
    return x
l = [3, 2, 1]
try:
    l.sort(key=bad)
except KeyError as error:
    print(error, l)  # expect: 'key failed' [3, 2, 1]
for call in lambda: sorted([1], key=5), lambda: [].sort(5), lambda: sorted(), lambda: sorted([1], cmp=1), lambda: [].sort(kee=1), lambda: sorted([1], reverse="x"), lambda: sorted([1], reverse=None):
    try:
        print(call())
    except TypeError as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: [1]
# expect: [1]
print(sorted([1, 2], key=None), sorted([float("nan"), 1.0], key=str), sorted(["b", "a"], reverse=1))  # expect: [1, 2] [1.0, nan] ['b', 'a']
class Rev:
    def __init__(self, v): self.v = v
    def __gt__(self, o): return self.v > o.v
print([r.v for r in sorted([Rev(2), Rev(1)])])  # expect: [1, 2]
from functools import cmp_to_key
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), sorted(["10", "9", "1"], key=cmp_to_key(lambda a, b: int(a + b) - int(b + a))))
# expect: [3, 2, 1] ['10', '1', '9']
