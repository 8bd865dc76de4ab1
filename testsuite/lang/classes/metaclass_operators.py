"""Metaclasses giving operators, iteration, containment and attributes to classes."""
class Meta(type):
    def __iter__(c): return iter(sorted(k for k in vars(c) if not k.startswith("_")))
    def __len__(c): return len(list(iter(c)))
    def __contains__(c, k): return k in vars(c)
    def __getitem__(c, k): return vars(c)[k]
    def __setitem__(c, k, v): setattr(c, k, v)
    def __delitem__(c, k): delattr(c, k)
    def __add__(c, o): return type(c)(c.__name__ + o.__name__, (c, o), {})
    def __or__(c, o): return "or"
    def __eq__(c, o): return isinstance(o, Meta) and c.__name__.lower() == o.__name__.lower()
    def __hash__(c): return hash(c.__name__.lower())
    def __lt__(c, o): return c.__name__ < o.__name__
    def __bool__(c): return bool(len(c))
    def __invert__(c): return c.__name__[::-1]
    def __call__(c, *a, **k): return super().__call__(*a, **k) if c.__name__ != "Func" else ("called", a)
    def __enter__(c): return "entered"
    def __exit__(c, *a): print("exited")
    def __format__(c, s): return f"{c.__name__}:{s}"
    def __dir__(c): return ["only"]
    def __instancecheck__(c, o): return o == "magic" or super().__instancecheck__(o)
class A(metaclass=Meta):
    x, y = 1, 2
class B(metaclass=Meta): z = 3
class Func(metaclass=Meta): pass
a = type.__call__(Meta, "a", (), {})
print(list(A), len(A), "x" in A, "q" in A, A["y"], [*B], A == a, A != B, hash(A) == hash(a), sorted([B, A]) == [A, B], bool(a), ~A, A | 5, f"{A:spec}", dir(A), isinstance("magic", A), isinstance(A(), A), Func(1, 2))
# expect: ['x', 'y'] 2 True False 2 ['z'] True True True True False A or A:spec ['only'] True True ('called', (1, 2))
A["new"] = 5
del A["x"]
print(A.new, list(A), (A + B).__mro__[0].__name__, list(A + B), (A + B)["__module__"], {A: 1}[a], max(A, B).__name__)
# expect: 5 ['new', 'y'] AB [] __main__ 1 B
with A as e: print(e)
# expect: entered
# expect: exited
for k in A: print(k)
# expect: new
# expect: y
u, *v = A
print(u, v, dict(zip(A, range(9))), A.__len__.__self__ is A, any(A), sum(len(k) for k in A))  # expect: new ['y'] {'new': 0, 'y': 1} True True 4
for bad in lambda: A + 1, lambda: A["zz"], lambda: A - B, lambda: len(A()), lambda: A(5):
    try: bad()
    except Exception as ex: print(type(ex).__name__)
# expect: AttributeError
# expect: KeyError
# expect: TypeError
# expect: TypeError
# expect: TypeError
