"""Default values are evaluated once, at definition."""
def append(x, to=[]):
    to.append(x)
    return to
print(append(1), append(2), append(3, []), append.__defaults__)  # expect: [1, 2] [1, 2] [3] ([1, 2],)
x = 1
def f(a=x, *, b=lambda: x):
    return a, b()
x = 2
print(f(), f.__defaults__, list(f.__kwdefaults__))  # expect: (1, 2) (1,) ['b']
f.__defaults__ = (50,)
print(f())  # expect: (50, 2)
f.__defaults__ = None
try:
    f()
except TypeError as error:
    print(error)  # expect: f() missing 1 required positional argument: 'a'
def g(a, b=1, c=2): return a, b, c
g.__defaults__ = (7,)
try:
    g(1)
except TypeError as error:
    print(error)  # expect: g() missing 1 required positional argument: 'b'
print(g(1, 2))  # expect: (1, 2, 7)
def h(*, k=1): return k
h.__kwdefaults__ = {"k": 99}
print(h())  # expect: 99
h.__kwdefaults__["k"] = 5
print(h())  # expect: 5
h.__kwdefaults__ = None
try:
    h()
except TypeError as error:
    print(error)  # expect: h() missing 1 required keyword-only argument: 'k'
def make():
    return [lambda n=i: n for i in range(3)]
print([fn() for fn in make()])  # expect: [0, 1, 2]
sentinel = object()
def s(v=sentinel): return v is sentinel
print(s(), s(None))  # expect: True False
