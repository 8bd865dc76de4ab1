"""dir, vars, hasattr, callable, getattr with defaults."""
class A:
    c = 1
    def m(self): pass
class B(A):
    def __init__(self): self.i = 2
b = B()
print([n for n in dir(b) if not n.startswith("__")], [n for n in dir(B) if not n.startswith("__")], vars(b))
# expect: ['c', 'i', 'm'] ['c', 'm'] {'i': 2}
print(callable(A), callable(b), callable(b.m), callable(len), callable(5), callable(lambda: 0))  # expect: True False True True False True
class D:
    def __dir__(self): return ["z", "a", "m"]
print(dir(D()))  # expect: ['a', 'm', 'z']
class Bad:
    def __dir__(self): return 5
try:
    dir(Bad())
except TypeError as error:
    print(error)  # expect: 'int' object is not iterable
try:
    vars(5)
except TypeError as error:
    print(error)  # expect: vars() argument must have __dict__ attribute
def f():
    local = 1
    return dir(), sorted(vars())
print(f())  # expect: (['local'], ['local'])
print(getattr(b, "x", None), getattr(A, "c"), hasattr(b, "m"), getattr(b, "i") + 1)  # expect: None 1 True 3
import math
print("pi" in dir(math), "upper" in dir(""), "__len__" in dir([]), "__dict__" in dir(b))  # expect: True True True True
print(isinstance(vars(A), dict), type(vars(A)).__name__, "c" in vars(A), "c" in vars(B))  # expect: False mappingproxy True False
class G:
    def __getattr__(self, n):
        if n == "kind": return "dynamic"
        raise AttributeError(n)
print(hasattr(G(), "kind"), hasattr(G(), "other"))  # expect: True False
class P:
    @property
    def bad(self): raise ValueError("not swallowed")
try:
    hasattr(P(), "bad")
except ValueError as error:
    print(error)  # expect: not swallowed
for args in (1,), (1, 2), (1, "a", 2, 3):
    try:
        getattr(*args)
    except TypeError as error:
        print(error)
# expect: getattr expected at least 2 arguments, got 1
# expect: attribute name must be string, not 'int'
# expect: getattr expected at most 3 arguments, got 4
