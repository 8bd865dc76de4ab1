"""RecursionError comes through the library's native code, too, and leaves everything usable."""
import collections, functools, itertools, json, copy, sys
def error(call):
    try:
        call()
        return "finished"
    except RecursionError as e:
        return type(e).__name__
def fold(x):
    return functools.reduce(lambda a, b: fold(a), [x, x])
print(error(lambda: fold(1)))  # expect: RecursionError
@functools.lru_cache(None)
def cached(n):
    return cached(n + 1)
print(error(lambda: cached(0)))  # expect: RecursionError
part = functools.partial(lambda f, x: f(f, x))
print(error(lambda: part(part, 1)))  # expect: RecursionError
def largest(x):
    return max([x, x], key=largest)
print(error(lambda: largest(1)))  # expect: RecursionError
def lowest(x):
    return list(filter(lowest, [x]))
print(error(lambda: lowest(1)))  # expect: RecursionError
def grouped(x):
    return [k for k, _ in itertools.groupby([x], key=grouped)]
print(error(lambda: grouped(1)))  # expect: RecursionError
class D(collections.defaultdict):
    def __missing__(self, key):
        return self[key + 1]
print(error(lambda: D()[0]))  # expect: RecursionError
class F:
    def __format__(self, spec):
        return f"{self}"
print(error(lambda: f"{F()}"))  # expect: RecursionError
class It:
    def __iter__(self):
        return iter(self)
print(error(lambda: list(It())))  # expect: RecursionError
class N:
    def __neg__(self):
        return -self
    def __add__(self, other):
        return self + other
    def __contains__(self, x):
        return x in self
    def __getitem__(self, key):
        return self[key]
    def __bool__(self):
        return bool(self)
    def __setattr__(self, name, value):
        setattr(self, name, value)
n = N()
print(error(lambda: -n), error(lambda: n + 1), error(lambda: 1 in n), error(lambda: n[0]))
# expect: RecursionError RecursionError RecursionError RecursionError
def assign():
    n.x = 1
print(error(lambda: not n), error(assign))  # expect: RecursionError RecursionError
class Meta(type):
    def __instancecheck__(cls, obj):
        return isinstance(obj, cls)
class M(metaclass=Meta): pass
print(error(lambda: isinstance(1, M)))  # expect: RecursionError
deep = []
for _ in range(100_000):
    deep = [deep]
print(error(lambda: json.dumps(deep)))  # expect: RecursionError
print(error(lambda: copy.deepcopy(deep)))  # expect: RecursionError
print(error(lambda: json.loads("[" * 100_000 + "]" * 100_000)))  # expect: RecursionError
print(error(lambda: deep == copy.copy(deep)) in ("RecursionError", "finished"))  # expect: True
print(json.dumps([[1]]), functools.reduce(lambda a, b: a + b, [1, 2, 3]), max([1, 3], key=lambda v: -v))
# expect: [[1]] 6 1
while deep:
    deep = deep[0]
