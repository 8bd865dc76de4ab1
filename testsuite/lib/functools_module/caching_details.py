"""lru_cache: typed, eviction order, exceptions, methods."""
from functools import lru_cache, cached_property, wraps, WRAPPER_ASSIGNMENTS
calls = []
@lru_cache(maxsize=3, typed=True)
def f(*args, **kw):
    calls.append((args, kw))
    if args == ("boom",): raise ValueError("not cached")
    return len(calls)
print(f(1), f(1.0), f(1), f(True), f(1.0), f.cache_info())  # expect: 1 2 1 3 2 CacheInfo(hits=2, misses=3, maxsize=3, currsize=3)
calls.clear()
for _ in range(2):
    try:
        f("boom")
    except ValueError as error:
        print(error)
# expect: not cached
# expect: not cached
print(len(calls), f(a=1, b=2) == f(b=2, a=1))  # expect: 2 False
f.cache_clear()
for k in "abcadba": f(k)
print(f.cache_info(), f.cache_parameters())  # expect: CacheInfo(hits=2, misses=5, maxsize=3, currsize=3) {'maxsize': 3, 'typed': True}
@lru_cache
def default(n): return n
@lru_cache(maxsize=None)
def unlimited(n): return n
@lru_cache(maxsize=0)
def none(n): return n
for g in default, unlimited, none:
    for i in (1, 1, 2): g(i)
    print(g.cache_info())
# expect: CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)
# expect: CacheInfo(hits=1, misses=2, maxsize=None, currsize=2)
# expect: CacheInfo(hits=0, misses=3, maxsize=0, currsize=0)
class C:
    def __init__(self): self.n = 0
    @lru_cache
    def m(self, x): self.n += 1; return x * 2
    @cached_property
    def p(self): self.n += 10; return self.n
c = C()
print(c.m(2), c.m(2), c.n, c.p, c.p, c.n, c.__dict__["p"])  # expect: 4 4 1 11 11 11 11
del c.p
print(c.p, C.p.attrname, C.p.__doc__)  # expect: 21 p None
c.p = "set"
print(c.p)  # expect: set
for bad in "x", 1.5:
    try:
        lru_cache(maxsize=bad)
    except TypeError as error:
        print(error)
# expect: Expected first argument to be an integer, a callable, or None
# expect: Expected first argument to be an integer, a callable, or None
class S:
    __slots__ = ()
    @cached_property
    def q(self): return 1
try:
    S().q
except TypeError as error:
    print(error)  # expect: No '__dict__' attribute on 'S' instance to cache 'q' property.
@lru_cache(maxsize=None)
def partitions(n, m): return 1 if n == 0 else 0 if n < 0 or m == 0 else partitions(n - m, m) + partitions(n, m - 1)
print(partitions(100, 100), partitions.cache_info().misses)  # expect: 190569292 7651
