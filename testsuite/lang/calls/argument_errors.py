"""TypeErrors of wrong calls of Python functions."""
def f(alpha, beta, gamma=3): pass
def none(): pass
def one(x): pass
def kw(*, key, word): pass
def pos(a, b, /): pass
def opt(a, b=1, /, c=2, *, d=3): pass
def var(a, *rest, k): pass
def error(call):
    try:
        call()
        return "ok"
    except TypeError as e:
        return str(e)
print(error(lambda: f()))  # expect: f() missing 2 required positional arguments: 'alpha' and 'beta'
print(error(lambda: f(1)))  # expect: f() missing 1 required positional argument: 'beta'
print(error(lambda: f(1, 2, 3, 4)))  # expect: f() takes from 2 to 3 positional arguments but 4 were given
print(error(lambda: f(1, 2, delta=3)))  # expect: f() got an unexpected keyword argument 'delta'. Did you mean 'beta'?
print(error(lambda: f(1, alpha=2)))  # expect: f() got multiple values for argument 'alpha'
print(error(lambda: f(beta=2)))  # expect: f() missing 1 required positional argument: 'alpha'
print(error(lambda: f(gamma=2)))  # expect: f() missing 2 required positional arguments: 'alpha' and 'beta'
print(error(lambda: none(1)))  # expect: none() takes 0 positional arguments but 1 was given
print(error(lambda: none(1, 2)))  # expect: none() takes 0 positional arguments but 2 were given
print(error(lambda: none(zebra=1)))  # expect: none() got an unexpected keyword argument 'zebra'
print(error(lambda: one()))  # expect: one() missing 1 required positional argument: 'x'
print(error(lambda: one(1, 2)))  # expect: one() takes 1 positional argument but 2 were given
print(error(lambda: kw()))  # expect: kw() missing 2 required keyword-only arguments: 'key' and 'word'
print(error(lambda: kw(key=1)))  # expect: kw() missing 1 required keyword-only argument: 'word'
print(error(lambda: kw(1, key=1, word=2)))
# expect: kw() takes 0 positional arguments but 1 positional argument (and 2 keyword-only arguments) were given
print(error(lambda: kw(1)))  # expect: kw() takes 0 positional arguments but 1 was given
print(error(lambda: pos(1)))  # expect: pos() missing 1 required positional argument: 'b'
print(error(lambda: pos(a=1, b=2)))  # expect: pos() got some positional-only arguments passed as keyword arguments: 'a, b'
print(error(lambda: pos(1, b=2)))  # expect: pos() got some positional-only arguments passed as keyword arguments: 'b'
print(error(lambda: opt()))  # expect: opt() missing 1 required positional argument: 'a'
print(error(lambda: opt(1, 2, 3, 4)))  # expect: opt() takes from 1 to 3 positional arguments but 4 were given
print(error(lambda: opt(1, 2, 3, 4, d=5)))
# expect: opt() takes from 1 to 3 positional arguments but 4 positional arguments (and 1 keyword-only argument) were given
print(error(lambda: var(k=1)))  # expect: var() missing 1 required positional argument: 'a'
print(error(lambda: var(1, 2, 3)))  # expect: var() missing 1 required keyword-only argument: 'k'
print(error(lambda: f(*[1, 2], *[3, 4, 5])))  # expect: f() takes from 2 to 3 positional arguments but 5 were given
print(error(lambda: (lambda x, y: 0)(1)))  # expect: <lambda>.<locals>.<lambda>() missing 1 required positional argument: 'y'
class C:
    def method(self, a): pass
    @staticmethod
    def static(a): pass
    @classmethod
    def klass(cls, a): pass
    def noself(): pass
print(error(lambda: C().method()))  # expect: C.method() missing 1 required positional argument: 'a'
print(error(lambda: C.method()))  # expect: C.method() missing 2 required positional arguments: 'self' and 'a'
print(error(lambda: C.static()))  # expect: C.static() missing 1 required positional argument: 'a'
print(error(lambda: C.klass()))  # expect: C.klass() missing 1 required positional argument: 'a'
print(error(lambda: C().noself()))  # expect: C.noself() takes 0 positional arguments but 1 was given
print(error(lambda: C(1)))  # expect: C() takes no arguments
