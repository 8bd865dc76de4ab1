"""Binding of positional and keyword arguments."""
def f(a, b=2, c=3):
    return a, b, c
print(f(1), f(1, 5), f(1, c=9), f(c=1, a=2, b=3), f(*[1, 2], c=4), f(**{"a": 1}), f(*(1,), **{"c": 0}))
# expect: (1, 2, 3) (1, 5, 3) (1, 2, 9) (2, 3, 1) (1, 2, 4) (1, 2, 3) (1, 2, 0)
def g(*args, **kwargs):
    return args, kwargs
print(g(), g(1, 2), g(a=1), g(1, *[2, 3], 4, *(), x=1, **{"y": 2}, z=3, **{}))
# expect: ((), {}) ((1, 2), {}) ((), {'a': 1}) ((1, 2, 3, 4), {'x': 1, 'y': 2, 'z': 3})
def h(a, *args, b, c=5, **kw):
    return a, args, b, c, kw
print(h(1, b=2), h(1, 2, 3, b=4, d=5, c=6), h(b=1, a=2))  # expect: (1, (), 2, 5, {}) (1, (2, 3), 4, 6, {'d': 5}) (2, (), 1, 5, {})
def p(a, b, /, c, *, d):
    return a, b, c, d
print(p(1, 2, 3, d=4), p(1, 2, c=3, d=4), p(*[1, 2, 3], **{"d": 0}))  # expect: (1, 2, 3, 4) (1, 2, 3, 4) (1, 2, 3, 0)
def q(a, /, **kw):
    return a, kw
print(q(1, a=2), q(0, **{"self": 1, "a": 5}))  # expect: (1, {'a': 2}) (0, {'self': 1, 'a': 5})
def r(a, b=1, /, c=2, *d, e, f=3, **g):
    return a, b, c, d, e, f, g
print(r(0, e=9), r(1, 2, 3, 4, 5, e=6, f=7, h=8), r(1, e=0, c=5, a=2, b=3))
# expect: (0, 1, 2, (), 9, 3, {}) (1, 2, 3, (4, 5), 6, 7, {'h': 8}) (1, 1, 5, (), 0, 3, {'a': 2, 'b': 3})
print(max(3, 1, key=lambda v: -v), dict([("a", 1)], b=2), "a-b".split(sep="-"), int("11", base=2))  # expect: 1 {'a': 1, 'b': 2} ['a', 'b'] 3
