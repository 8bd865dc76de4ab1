"""Lazy streams, currying, monadic Maybe and pipelines."""
from functools import reduce, partial
class Stream:
    def __init__(self, it): self.it = it
    @classmethod
    def count(cls, start=0):
        def g():
            n = start
            while True: yield n; n += 1
        return cls(g())
    def map(self, f): return Stream(f(x) for x in self.it)
    def filter(self, f): return Stream(x for x in self.it if f(x))
    def take(self, n): return Stream(x for _, x in zip(range(n), self.it))
    def flat(self): return Stream(y for x in self.it for y in x)
    def fold(self, f, init): return reduce(f, self.it, init)
    def __or__(self, f): return f(self)
    def __iter__(self): return iter(self.it)
print(list(Stream.count(1).map(lambda x: x * x).filter(lambda x: x % 2).take(5)), Stream([1, 2, 3]).fold(lambda a, b: a * 10 + b, 0), Stream([[1], [2, 3]]).flat() | list, Stream("ab").map(str.upper) | "".join)
# expect: [1, 9, 25, 49, 81] 123 [1, 2, 3] AB
class Maybe:
    def __init__(self, v): self.v = v
    def __rshift__(self, f): return self if self.v is None else f(self.v)
    def __repr__(self): return "Nothing" if self.v is None else f"Just({self.v!r})"
def safe_div(d): return lambda n: Maybe(n / d if d else None)
def safe_root(n): return Maybe(n ** 0.5 if n >= 0 else None)
print(Maybe(16) >> safe_div(4) >> safe_root, Maybe(1) >> safe_div(0) >> safe_root, Maybe(-4) >> safe_root)  # expect: Just(2.0) Nothing Nothing
def curry(f, n=None):
    n = f.__code__.co_argcount if n is None else n
    def c(*a): return f(*a) if len(a) >= n else lambda *b: c(*a, *b)
    return c
add3 = curry(lambda a, b, c: a + b + c)
print(add3(1)(2)(3), add3(1, 2)(3), add3(1)(2, 3), curry(max, 2)(5)(9))  # expect: 6 6 6 9
def compose(*fs): return reduce(lambda f, g: lambda *a: f(g(*a)), fs)
print(compose(str, abs, int)("-5"), list(map(compose(len, str.split), ["a b", "c"])), partial(partial(pow, 2), 3)(mod=5))  # expect: 5 [2, 1] 3
class Pipe:
    def __init__(self, *fs): self.fs = fs
    def __rshift__(self, f): return Pipe(*self.fs, f)
    def __call__(self, x):
        for f in self.fs: x = f(x)
        return x
    def __rmatmul__(self, x): return self(x)
print([3, 1, 2] @ (Pipe() >> sorted >> reversed >> list), "x" @ Pipe(str.upper))  # expect: [3, 2, 1] X
fix = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(fix(lambda self: lambda n: 1 if n < 2 else n * self(n - 1))(10))  # expect: 3628800
church = lambda n: lambda f: lambda x: reduce(lambda a, _: f(a), range(n), x)
plus = lambda a: lambda b: lambda f: lambda x: a(f)(b(f)(x))
times = lambda a: lambda b: lambda f: a(b(f))
number = lambda c: c(lambda n: n + 1)(0)
print(number(plus(church(3))(church(4))), number(times(church(3))(church(4))), number(church(2)(church(3))))  # expect: 7 12 9
trampoline = lambda f: lambda *a: reduce(lambda r, _: r() if callable(r) else r, range(20000), f(*a))
print(trampoline(lambda n, acc=0: acc if n == 0 else (lambda: go(n - 1, acc + n)))(0))  # expect: 0
def go(n, acc): return acc if n == 0 else lambda: go(n - 1, acc + n)
print(trampoline(go)(10000, 0))  # expect: 50005000
