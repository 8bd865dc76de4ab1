"""Positional-only parameters."""
def f(a, b=2, /, c=3): return a, b, c
print(f(1), f(1, 5), f(1, 5, c=7), f(*"xyz"))  # expect: (1, 2, 3) (1, 5, 3) (1, 5, 7) ('x', 'y', 'z')
def g(self, /, **kw): return self, kw
print(g(1, self=2, kw=3))  # expect: (1, {'self': 2, 'kw': 3})
def h(a, /, *args, a2=0, **kw): return a, args, a2, kw
print(h(1, 2, 3, a2=4, a=5, args=6))  # expect: (1, (2, 3), 4, {'a': 5, 'args': 6})
for call in lambda: f(), lambda: f(a=1), lambda: f(1, b=2), lambda: f(1, 2, 3, 4), lambda: g(self=1), lambda: f(1, 2, d=1), lambda: f(a=1, b=2, c=3):
    try:
        call()
    except TypeError as error:
        print(error)
# expect: f() missing 1 required positional argument: 'a'
# expect: f() got some positional-only arguments passed as keyword arguments: 'a'
# expect: f() got some positional-only arguments passed as keyword arguments: 'b'
# expect: f() takes from 1 to 3 positional arguments but 4 were given
# expect: g() missing 1 required positional argument: 'self'
# expect: f() got an unexpected keyword argument 'd'
# expect: f() got some positional-only arguments passed as keyword arguments: 'a, b'
print(f.__code__.co_posonlyargcount, f.__defaults__, (lambda x, /: x)(3))  # expect: 2 (2, 3) 3
class M:
    def update(self, other=(), /, **kw): return other, kw
print(M().update(other=5), M().update([1], self=2))  # expect: ((), {'other': 5}) ([1], {'self': 2})
for name in "len", "abs", "isinstance", "ord", "hash":
    try:
        eval(f"{name}(obj=1)")
    except TypeError as error:
        print(error)
# expect: len() takes no keyword arguments
# expect: abs() takes no keyword arguments
# expect: isinstance() takes no keyword arguments
# expect: ord() takes no keyword arguments
# expect: hash() takes no keyword arguments
