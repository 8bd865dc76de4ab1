"""Calls with keyword-only parameters, defaults and **kwargs, often enough to be compiled."""


def fib(*, n):
    return n if n < 2 else fib(n=n - 1) + fib(n=n - 2)


def power(base, /, exponent=2, *, scale=1, shift=0):
    return base**exponent * scale + shift


def outer(a, **kw):
    return a + sum(kw.values()) + inner(x=a, **kw)


def inner(**kw):
    return len(kw)


def named(base, /, **kw):
    return base, kw


def depth(n, memo=None, *, step=1):
    return 0 if n <= 0 else 1 + depth(n - step, step=step)


class Point:
    def __init__(self, x, *, y=0, **rest):
        self.x, self.y, self.rest = x, y, rest

    def moved(self, *, by):
        return Point(self.x + by, y=self.y + by)


print(fib(n=16))  # expect: 987
s = 0
for i in range(500):
    s += power(i) + power(i, scale=2) + power(i, exponent=1, shift=1) + power(i, 1, shift=i, scale=3)
print(s)  # expect: 125249500
s = 0
for i in range(500):
    s += outer(i) + outer(i, b=1, c=i)
print(s)  # expect: 376750
for i in range(300):
    last = named(i, base=i + 1, other=2)
print(last)  # expect: (299, {'base': 300, 'other': 2})
print(sum(depth(i % 20) for i in range(400)), sum(depth(i % 20, step=2) for i in range(400)))  # expect: 3800 2000
p = Point(0)
for i in range(400):
    p = p.moved(by=1)
    q = Point(x=i, y=i, z=i)
print(p.x, p.y, p.rest, q.rest)  # expect: 400 400 {} {'z': 399}
power.__kwdefaults__["scale"] = 10
s = 0
for i in range(400):
    if i == 300:
        power.__kwdefaults__["scale"] = 100
    s += power(1)
print(s)  # expect: 13000
power.__kwdefaults__ = None
try:
    power(1)
except TypeError as e:
    print(e)  # expect: power() missing 2 required keyword-only arguments: 'scale' and 'shift'
for i in range(300):
    try:
        fib(i)
    except TypeError as e:
        last = e
print(last)  # expect: fib() takes 0 positional arguments but 1 was given
