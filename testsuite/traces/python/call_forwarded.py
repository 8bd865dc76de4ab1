"""A decorator that passes on its arguments and counts: neither a tuple nor a dict is made."""
from functools import wraps


def counted(f):
    @wraps(f)
    def inner(*args, **kwargs):
        inner.calls += 1
        return f(*args, **kwargs)

    inner.calls = 0
    return inner


@counted
def add(a, b=1):
    return a + b


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; inlined add; inlined counted.<locals>.inner
        s += add(i) + add(i, b=2)
    return s, add.calls


print(f(3000))  # expect: (9006000, 6000)
