"""UserDict, UserList, UserString and abstract mixins in programs."""
from collections import UserDict, UserList, UserString, abc
class Lower(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __getitem__(self, k): return super().__getitem__(k.lower())
    def __contains__(self, k): return k.lower() in self.data
d = Lower({"A": 1}, B=2)
d.update({"C": 3}); d["D"] = 4
print(d, d["a"], "b" in d, d.get("C"), d.pop("d"), len(d), sorted(d), d | {"E": 5}, d == {"a": 1, "b": 2, "c": 3}, d.copy().__class__.__name__)
# expect: {'a': 1, 'b': 2, 'c': 3} 1 True 3 4 3 ['a', 'b', 'c'] {'a': 1, 'b': 2, 'c': 3, 'e': 5} True Lower
class L(UserList):
    def append(self, x): super().append(x * 10)
l = L([1])
l.append(2); l += [3]; l.insert(0, 0)
print(l, l[1:].__class__.__name__, l + [9], [9] + l, l * 2, l == [0, 1, 20, 3], l.index(20), sorted(l, reverse=True), l.copy().data)
# expect: [0, 1, 20, 3] L [0, 1, 20, 3, 9] [9, 0, 1, 20, 3] [0, 1, 20, 3, 0, 1, 20, 3] True 2 [20, 3, 1, 0] [0, 1, 20, 3]
s = UserString("Hello")
print(s, s + "!", s[1:3], s.upper(), s == "Hello", "ell" in s, len(s), s.replace("l", "L"), s * 2, hash(s) == hash("Hello"), isinstance(s[0], UserString), s.split("l"), int(UserString("5")), "%s" % s)
# expect: Hello Hello! el HELLO True True 5 HeLLo HelloHello True True ['He', '', 'o'] 5 Hello
class Bits(abc.MutableSet):
    def __init__(self, it=()):
        self.n = 0
        for x in it: self.add(x)
    def __contains__(self, x): return bool(self.n >> x & 1)
    def __iter__(self): return (i for i in range(self.n.bit_length()) if self.n >> i & 1)
    def __len__(self): return self.n.bit_count()
    def add(self, x): self.n |= 1 << x
    def discard(self, x): self.n &= ~(1 << x)
    def __repr__(self): return f"Bits({list(self)})"
a, b = Bits([1, 2, 3]), Bits([3, 4])
print(a | b, a & b, a - b, a ^ b, a <= Bits(range(5)), a == {1, 2, 3}, a.isdisjoint({9}), a | [7])
# expect: Bits([1, 2, 3, 4]) Bits([3]) Bits([1, 2]) Bits([1, 2, 4]) True True True Bits([1, 2, 3, 7])
a |= b; a -= {1}; a ^= {2}
print(a, a.pop(), len(a), a)  # expect: Bits([4]) 3 1 Bits([4])
try:
    a.remove(50)
except KeyError as error:
    print(repr(error))  # expect: KeyError(50)
