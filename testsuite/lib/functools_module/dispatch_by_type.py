"""singledispatch with abstract classes, unions, None and methods."""
from functools import singledispatch, singledispatchmethod, reduce, partial, wraps
from collections.abc import Mapping, Sequence, Iterable
import numbers
@singledispatch
def dump(x, level=0): raise TypeError(f"cannot dump {type(x).__name__}")
@dump.register(numbers.Number)
def _(x, level=0): return str(x)
@dump.register
def _(x: str, level=0): return repr(x)
@dump.register
def _(x: Mapping, level=0): return "{" + " ".join(f"{dump(k)}:{dump(v, level + 1)}" for k, v in x.items()) + "}"
@dump.register
def _(x: list | tuple, level=0): return f"<{level}:" + ",".join(dump(v, level + 1) for v in x) + ">"
@dump.register(type(None))
def _(x, level=0): return "nil"
print(dump({"a": [1, (2.5, None)], "b": True}), dump("s"), dump(2j), dump([[[]]]), dump({}))
# expect: {'a':<1:1,<2:2.5,nil>> 'b':True} 's' 2j <0:<1:<2:>>> {}
for bad in {1}, object():
    try: dump(bad)
    except TypeError as e: print(e)
# expect: cannot dump set
# expect: cannot dump object
class Base: pass
class Left(Base): pass
class Right(Base): pass
class Both(Left, Right): pass
@singledispatch
def f(x): return "object"
f.register(Right, lambda x: "right")
print(f(Both()), f(Left()), f.dispatch(Both)(0))  # expect: right object right
f.register(Base, lambda x: "base")
print(f(Left()), f(Both()))  # expect: base right
f.register(Left, lambda x: "left")
print(f(Both()), f(5), sorted(c.__name__ for c in f.registry))  # expect: left object ['Base', 'Left', 'Right', 'object']
@singledispatch
def amb(x): return "default"
amb.register(Sequence, lambda x: "sequence")
amb.register(Iterable, lambda x: "iterable")
print(amb([1]), amb({1}), amb("s"), amb(5), amb(x for x in ""))  # expect: sequence iterable sequence default iterable
class Fmt:
    @singledispatchmethod
    def show(self, x): return f"? {x}"
    @show.register(int)
    def _(self, x): return f"int {x}"
    @show.register
    def _(self, x: list): return [self.show(v) for v in x]
    @singledispatchmethod
    @classmethod
    def make(cls, x): return cls.__name__, x
    @make.register
    @classmethod
    def _(cls, x: str): return cls.__name__, x.upper()
print(Fmt().show(1), Fmt().show([1, "a", [2]]), Fmt.make(5), Fmt.make("s"))  # expect: int 1 ['int 1', '? a', ['int 2']] ('Fmt', 5) ('Fmt', 'S')
for bad in lambda: f(), lambda: f.register(5), lambda: dump.register(lambda x: x), lambda: f.register("x", len):
    try: bad()
    except TypeError as e: print(type(e).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
print(reduce(lambda acc, fn: fn(acc), [str, len, partial(pow, 2)], 12345))  # expect: 32
