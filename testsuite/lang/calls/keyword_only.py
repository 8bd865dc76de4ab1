"""Keyword-only parameters."""
def f(a, *, b, c=3): return a, b, c
print(f(1, b=2), f(a=0, b=1, c=2), f(*[1], **{"b": 5}), f.__kwdefaults__)  # expect: (1, 2, 3) (0, 1, 2) (1, 5, 3) {'c': 3}
def g(*args, sep="-", end): return sep.join(map(str, args)) + end
print(g(1, 2, end="!"), g(end="."), g(*"ab", sep="", end=""))  # expect: 1-2! . ab
x = "outer"
def h(*, k=x, j=[]):
    j.append(k)
    return j
x = "changed"
print(h(), h(k="new"), h.__kwdefaults__)  # expect: ['outer', 'new'] ['outer', 'new'] {'k': 'outer', 'j': ['outer', 'new']}
for call in lambda: f(1, 2), lambda: f(1), lambda: f(1, 2, b=3), lambda: g(1, 2), lambda: f(1, b=2, d=4), lambda: h("x"), lambda: f(b=1), lambda: g(1, end="", end2=1):
    try:
        call()
    except TypeError as error:
        print(error)
# expect: f() takes 1 positional argument but 2 were given
# expect: f() missing 1 required keyword-only argument: 'b'
# expect: f() takes 1 positional argument but 2 positional arguments (and 1 keyword-only argument) were given
# expect: g() missing 1 required keyword-only argument: 'end'
# expect: f() got an unexpected keyword argument 'd'
# expect: h() takes 0 positional arguments but 1 was given
# expect: f() missing 1 required positional argument: 'a'
# expect: g() got an unexpected keyword argument 'end2'. Did you mean 'end'?
class C:
    def __init__(self, *, strict=False): self.strict = strict
    def m(self, *, a, **rest): return a, rest
print(C(strict=True).strict, C().m(a=1, b=2))  # expect: True (1, {'b': 2})
try:
    C(True)
except TypeError as error:
    print(error)  # expect: C.__init__() takes 1 positional argument but 2 were given
print((lambda *, k=5: k)(), (lambda *a, k: (a, k))(1, 2, k=3), (lambda a, /, *, b: a + b)(1, b=2))  # expect: 5 ((1, 2), 3) 3
