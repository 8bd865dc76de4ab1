"""Attributes of functions."""
def f(a, b: int = 1, *args, c=2, **kw) -> str:
    "Doc line."
    local = a
    return local
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__, sorted(f.__annotations__))
# expect: f f Doc line. __main__ (1,) {'c': 2} ['b', 'return']
code = f.__code__
print(code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount, code.co_varnames, code.co_flags & 12)
# expect: f 2 1 0 ('a', 'b', 'c', 'args', 'kw', 'local') 12
f.attr = 1
f.__name__ = "renamed"
f.__qualname__ = "x.renamed"
print(f.attr, vars(f), f.__name__, repr(f).split(" at ")[0])  # expect: 1 {'attr': 1} renamed <function x.renamed
f.__doc__ = None
print(f.__doc__, f.__closure__, callable(f), f.__globals__ is globals())  # expect: None None True True
def g(): return "g"
def h(): return "h"
g.__code__ = h.__code__
print(g())  # expect: h
for name, value in ("__name__", 5), ("__defaults__", 5), ("__code__", 1), ("__dict__", 3):
    try:
        setattr(g, name, value)
    except TypeError as error:
        print(error)
# expect: __name__ must be set to a string object
# expect: __defaults__ must be set to a tuple object
# expect: __code__ must be set to a code object
# expect: __dict__ must be set to a dictionary, not a 'int'
print((lambda: 0).__name__, (lambda: 0).__qualname__, len.__name__, [].append.__name__, [].append.__self__, str.join.__name__)
# expect: <lambda> <lambda> len append [] join
def outer():
    def inner(): return v
    v = 1
    return inner
i = outer()
print(i.__closure__[0].cell_contents, i.__code__.co_freevars, outer.__code__.co_cellvars)  # expect: 1 ('v',) ('v',)
i.__closure__[0].cell_contents = 42
print(i())  # expect: 42
