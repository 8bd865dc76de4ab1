"""Errors of * and ** in calls."""
def f(*a, **k):
    return a, k
def g(a, b=0): pass
def error(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: f(*5)))  # expect: TypeError: __main__.f() argument after * must be an iterable, not int
print(error(lambda: f(**5)))  # expect: TypeError: __main__.f() argument after ** must be a mapping, not int
print(error(lambda: f(**[1])))  # expect: TypeError: __main__.f() argument after ** must be a mapping, not list
print(error(lambda: f(**{1: 2})))  # expect: TypeError: keywords must be strings
print(error(lambda: f(a=1, **{"a": 2})))  # expect: TypeError: __main__.f() got multiple values for keyword argument 'a'
print(error(lambda: f(**{"a": 1}, **{"a": 2})))  # expect: TypeError: __main__.f() got multiple values for keyword argument 'a'
print(error(lambda: g(1, **{"a": 2})))  # expect: TypeError: g() got multiple values for argument 'a'
print(error(lambda: g(*[1], a=1)))  # expect: TypeError: g() got multiple values for argument 'a'
print(error(lambda: f(*None)))  # expect: TypeError: __main__.f() argument after * must be an iterable, not NoneType
print(error(lambda: (5)()))  # expect: TypeError: 'int' object is not callable
print(error(lambda: "abc"()))  # expect: TypeError: 'str' object is not callable
print(error(lambda: None(1)))  # expect: TypeError: 'NoneType' object is not callable
def bad():
    yield 1
    raise KeyError("broken")
print(error(lambda: f(*bad())))  # expect: KeyError: 'broken'
class Mapping:
    def keys(self):
        return ["x", "y"]
    def __getitem__(self, k):
        return k * 2
print(f(**Mapping()))  # expect: ((), {'x': 'xx', 'y': 'yy'})
class NoGetItem:
    def keys(self):
        return ["x"]
print(error(lambda: f(**NoGetItem())))  # expect: TypeError: 'NoGetItem' object is not subscriptable
print(f(*"ab", *{"k": 1}, *range(2), *(x for x in [9])), f(**{"a b": 1, "class": 2}))
# expect: (('a', 'b', 'k', 0, 1, 9), {}) ((), {'a b': 1, 'class': 2})
for source in "f(a=1, a=2)", "f(**a, *b)", "f(a=1, 2)", "f(**a, 1)", "f(1=2)", "f(True=1)", "f(a.b=1)", "f(x for x in y, 1)", "f(lambda: 0=1)":
    try:
        compile(source, "c", "eval")
        print(source, "compiled")
    except SyntaxError as e:
        print(e.msg)
# expect: keyword argument repeated: a
# expect: iterable argument unpacking follows keyword argument unpacking
# expect: positional argument follows keyword argument
# expect: positional argument follows keyword argument unpacking
# expect: expression cannot contain assignment, perhaps you meant "=="?
# expect: cannot assign to True
# expect: expression cannot contain assignment, perhaps you meant "=="?
# expect: Generator expression must be parenthesized
# expect: expression cannot contain assignment, perhaps you meant "=="?
