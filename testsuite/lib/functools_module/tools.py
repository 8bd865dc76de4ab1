"""partial, reduce, lru_cache, singledispatch, total_ordering, cached_property."""
import functools
from functools import partial, reduce, lru_cache, cache, singledispatch, singledispatchmethod, total_ordering, cached_property, partialmethod, cmp_to_key
p = partial(pow, 2)
print(p(5), p.func is pow, p.args, p.keywords, partial(int, base=2)("101"), partial(p, 3)(), partial(partial(max, 5), 9).args, partial(dict, a=1)(a=2, b=3), repr(partial(len)))
# expect: 32 True (2,) {} 5 8 (5, 9) {'a': 2, 'b': 3} functools.partial(<built-in function len>)
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, ["a", "b"], "start "), reduce(max, [5]), reduce(None, [], 7))
# expect: 24 start ab 5 7
for args in (lambda a, b: a, []), (lambda a, b: a, 5):
    try:
        reduce(*args)
    except TypeError as error:
        print(error)
# expect: reduce() of empty iterable with no initial value
# expect: reduce() arg 2 must support iteration
calls = []
@lru_cache(maxsize=2)
def sq(n):
    calls.append(n)
    return n * n
print([sq(i) for i in (1, 2, 1, 3, 2, 1)], calls, sq.cache_info(), sq.__wrapped__(9))
# expect: [1, 4, 1, 9, 4, 1] [1, 2, 3, 2, 1, 9] CacheInfo(hits=1, misses=5, maxsize=2, currsize=2) 81
sq.cache_clear()
print(sq.cache_info(), sq.cache_parameters())  # expect: CacheInfo(hits=0, misses=0, maxsize=2, currsize=0) {'maxsize': 2, 'typed': False}
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(100), fib.cache_info().hits)  # expect: 354224848179261915075 98
try:
    sq([])
except TypeError as error:
    print(error)  # expect: unhashable type: 'list'
@singledispatch
def show(x): return f"object {x}"
@show.register
def _(x: int): return f"int {x}"
@show.register(list)
@show.register(tuple)
def _(x): return f"sequence {len(x)}"
print(show(1), show("s"), show([1]), show(()), show(True), show.dispatch(bool)(5), sorted(k.__name__ for k in show.registry))
# expect: int 1 object s sequence 1 sequence 0 int True int 5 ['int', 'list', 'object', 'tuple']
class V:
    @singledispatchmethod
    def m(self, x): return "any"
    @m.register
    def _(self, x: str): return "str"
    @cached_property
    def heavy(self):
        print("computed")
        return 42
    half = partialmethod(lambda self, k, v: (k, v), "k")
v = V()
print(v.m(1), v.m("a"), v.heavy, v.heavy, vars(v), v.half(2))
# expect: computed
# expect: any str 42 42 {'heavy': 42} ('k', 2)
@total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) <= T(1), T(2) > T(1), T(1) >= T(2), sorted("bca", key=cmp_to_key(lambda a, b: (a < b) - (a > b))))
# expect: True True False ['c', 'b', 'a']
