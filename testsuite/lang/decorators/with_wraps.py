"""Decorators with arguments, state and functools.wraps."""
import functools
def memo(f):
    cache = {}
    @functools.wraps(f)
    def wrapper(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]
    wrapper.cache = cache
    return wrapper
@memo
def fib(n):
    "Fibonacci."
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), len(fib.cache), fib.__name__, fib.__doc__, fib.__wrapped__.__name__)  # expect: 23416728348467685 81 fib Fibonacci. fib
def retry(times, exceptions=(Exception,)):
    def deco(f):
        @functools.wraps(f)
        def run(*a, **k):
            for attempt in range(1, times + 1):
                try:
                    return f(*a, **k)
                except exceptions as error:
                    print("attempt", attempt, error)
            raise RuntimeError("gave up")
        return run
    return deco
state = {"left": 2}
@retry(3)
def flaky(x):
    if state["left"]:
        state["left"] -= 1
        raise ValueError("not yet")
    return x * 2
print(flaky(4))
# expect: attempt 1 not yet
# expect: attempt 2 not yet
# expect: 8
@retry(times=1, exceptions=KeyError)
def wrong():
    raise KeyError("k")
try:
    wrong()  # expect: attempt 1 'k'
except RuntimeError as error:
    print(error, repr(error.__context__))  # expect: gave up None
class CountCalls:
    def __init__(self, f):
        functools.update_wrapper(self, f)
        self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
    def __get__(self, obj, owner=None):
        return self if obj is None else functools.partial(self, obj)
class K:
    @CountCalls
    def m(self, x): return (self.__class__.__name__, x)
k = K()
print(k.m(1), k.m(2), K.m.n, K.m.__name__)  # expect: ('K', 1) ('K', 2) 2 m
