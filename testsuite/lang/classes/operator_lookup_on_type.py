"""Special methods are looked up on the type, not the instance."""
class A:
    def __len__(self): return 1
    def __iter__(self): return iter("type")
    def __eq__(self, o): return "type eq"
    def __getitem__(self, k): return ("type", k)
    def __str__(self): return "type str"
    def __contains__(self, k): return False
    def __add__(self, o): return "type add"
    def __hash__(self): return 5
    def __enter__(self): return "type enter"
    def __exit__(self, *a): pass
    def __format__(self, s): return "type format"
a = A()
for n in "len iter eq getitem str contains add hash enter format".split(): setattr(a, f"__{n}__", lambda *x: "instance")
print(len(a), list(a), a == 1, a[0], str(a), 1 in a, a + 1, hash(a), f"{a}")
# expect: 1 ['t', 'y', 'p', 'e'] type eq ('type', 0) type str False type add 5 type format
with a as x: print(x)  # expect: type enter
print(a.__len__(), a.__add__(1), type(a).__len__(a))  # expect: instance instance 1
class GA:
    def __getattribute__(self, n): print("getattribute", n); return object.__getattribute__(self, n)
    def __len__(self): return 2
    def __add__(self, o): return "added"
g = GA()
print(len(g), g + 1)  # expect: 2 added
print(g.__len__())
# expect: getattribute __len__
# expect: 2
class B: pass
B.__len__ = lambda self: 7
print(len(B()), bool(B()))  # expect: 7 True
B.__len__ = lambda self: 0
print(bool(B()))  # expect: False
del B.__len__
try:
    len(B())
except TypeError as error:
    print(error)  # expect: object of type 'B' has no len()
class M(type):
    def __len__(cls): return 10
    def __repr__(cls): return "M-repr"
    def __add__(cls, o): return "class add"
class C(metaclass=M):
    def __len__(self): return 20
print(len(C), len(C()), C, C + 1, [C])  # expect: 10 20 M-repr class add [M-repr]
