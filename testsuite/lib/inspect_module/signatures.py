"""inspect.signature and friends."""
import inspect
def f(a, /, b: int = 2, *args, c, d="x", **kw) -> str: "doc\n    indented"
s = inspect.signature(f)
print(s, list(s.parameters), s.parameters["b"].default, s.parameters["c"].kind.name, s.return_annotation, s.parameters["a"].default is inspect.Parameter.empty)
# expect: (a, /, b: int = 2, *args, c, d='x', **kw) -> str ['a', 'b', 'args', 'c', 'd', 'kw'] 2 KEYWORD_ONLY <class 'str'> True
b = s.bind(1, 2, 3, c=4, z=5)
b.apply_defaults()
print(b.arguments, b.args, b.kwargs)  # expect: {'a': 1, 'b': 2, 'args': (3,), 'c': 4, 'd': 'x', 'kw': {'z': 5}} (1, 2, 3) {'c': 4, 'd': 'x', 'z': 5}
for args, kw in ((), {}), ((1,), {}), ((1,), {"c": 1, "a": 2}):
    try:
        print(s.bind(*args, **kw))
    except TypeError as error:
        print(error)
# expect: missing a required argument: 'a'
# expect: missing a required argument: 'c'
# expect: <BoundArguments (a=1, c=1, kw={'a': 2})>
class C:
    def __init__(self, x, y=1): pass
    def m(self, z): pass
    @classmethod
    def k(cls, q): pass
    @staticmethod
    def s(w): pass
    @property
    def p(self): pass
print(inspect.signature(C), inspect.signature(C.m), inspect.signature(C(1).m), inspect.signature(C.k), inspect.signature(C.s), inspect.signature(lambda *a, **k: 0), s.replace(return_annotation=int))
# expect: (x, y=1) (self, z) (z) (q) (w) (*a, **k) (a, /, b: int = 2, *args, c, d='x', **kw) -> int
print(inspect.isfunction(f), inspect.ismethod(C(1).m), inspect.isclass(C), inspect.isbuiltin(len), inspect.isgeneratorfunction(lambda: (yield)), inspect.iscoroutinefunction(f), inspect.ismodule(inspect), inspect.isroutine(len), inspect.getdoc(f), inspect.getmodule(C).__name__, [n for n, _ in inspect.getmembers(C, inspect.isfunction)], inspect.getmro(bool), inspect.isabstract(C), inspect.isdatadescriptor(C.p))
# expect: True True True True True False True True doc
# expect: indented __main__ ['__init__', 'm', 's'] (<class 'bool'>, <class 'int'>, <class 'object'>) False True
def g():
    x = 1
    yield x
    yield 2
it = g()
print(inspect.getgeneratorstate(it))  # expect: GEN_CREATED
next(it)
print(inspect.getgeneratorstate(it), inspect.getgeneratorlocals(it), inspect.currentframe().f_code.co_name, inspect.getfullargspec(f).args, inspect.getfullargspec(f).kwonlyargs, inspect.unwrap(f) is f)
# expect: GEN_SUSPENDED {'x': 1} <module> ['a', 'b'] ['c', 'd'] True
def outer():
    n = 5
    def inner(): return n, len, undefined
    return inner
c = inspect.getclosurevars(outer())
print(c.nonlocals, list(c.builtins), c.unbound, inspect.cleandoc("  a\n    b\n    c"), inspect.getattr_static(C, "s").__class__.__name__)
# expect: {'n': 5} ['len'] {'undefined'} a
# expect: b
# expect: c staticmethod
def caller(): return inspect.stack()[1].function
def named(): return caller()
print(named(), inspect.signature(inspect.signature(f).replace).parameters["parameters"].kind.name)  # expect: named KEYWORD_ONLY
try:
    inspect.signature(5)
except TypeError as error:
    print(error)  # expect: 5 is not a callable object
