"""operator functions call the same protocols as the syntax."""
import operator
class T:
    def __init__(self): self.log = []
    def __getattr__(self, name): raise AttributeError(name)
for n in "add sub mul matmul truediv floordiv mod pow lshift rshift and xor or".split():
    setattr(T, f"__{n}__", lambda s, o, n=n: f"{n}")
    setattr(T, f"__i{n}__", lambda s, o, n=n: f"i{n}")
for n in "lt le eq ne gt ge".split(): setattr(T, f"__{n}__", lambda s, o, n=n: n)
for n in "neg pos invert abs".split(): setattr(T, f"__{n}__", lambda s, n=n: n)
t = T()
print([getattr(operator, n)(t, 1) for n in "add sub mul matmul truediv floordiv mod pow lshift rshift and_ xor or_".split()])
# expect: ['add', 'sub', 'mul', 'matmul', 'truediv', 'floordiv', 'mod', 'pow', 'lshift', 'rshift', 'and', 'xor', 'or']
print([getattr(operator, "i" + n)(t, 1) for n in "add sub mul matmul truediv floordiv mod pow lshift rshift and xor or".split()])
# expect: ['iadd', 'isub', 'imul', 'imatmul', 'itruediv', 'ifloordiv', 'imod', 'ipow', 'ilshift', 'irshift', 'iand', 'ixor', 'ior']
print([getattr(operator, n)(t, 1) for n in "lt le eq ne gt ge".split()], [getattr(operator, n)(t) for n in "neg pos invert abs".split()])
# expect: ['lt', 'le', 'eq', 'ne', 'gt', 'ge'] ['neg', 'pos', 'invert', 'abs']
print(operator.__add__ is operator.add, operator.iadd(5, 6), operator.iconcat([1], [2]), operator.attrgetter("a.b", "c")(type("N", (), {"a": type("M", (), {"b": 1}), "c": 2})), operator.itemgetter("x", "y")({"x": 1, "y": 2}))
# expect: True 11 [1, 2] (1, 2) (1, 2)
rows = [{"n": "b", "v": 2}, {"n": "a", "v": 2}, {"n": "c", "v": 1}]
print([r["n"] for r in sorted(rows, key=operator.itemgetter("v", "n"))], max(rows, key=operator.itemgetter("v"))["n"], list(map(operator.methodcaller("get", "zz", 0), rows)))
# expect: ['c', 'a', 'b'] b [0, 0, 0]
import functools
print(functools.reduce(operator.or_, [1, 2, 4]), functools.reduce(operator.concat, ["a", "b"]), functools.reduce(operator.getitem, ["a", "b", 1], {"a": {"b": [5, 6]}}), operator.setitem({}, "k", 1), operator.eq(float("nan"), float("nan")))
# expect: 7 ab 6 None False
