"""Wrong return types of special methods."""
def make(name, value): return type("X", (), {name: lambda self, *a: value})()
cases = [("__len__", "x", len), ("__len__", -1, len), ("__len__", 1.0, len), ("__bool__", 1, bool), ("__bool__", None, bool), ("__hash__", "h", hash), ("__index__", 1.5, hex), ("__iter__", 5, iter), ("__iter__", None, list), ("__contains__", [], lambda x: 1 in x), ("__contains__", "yes", lambda x: 1 in x), ("__repr__", 5, repr), ("__str__", b"x", str), ("__format__", None, lambda x: f"{x}"), ("__bytes__", "s", bytes), ("__int__", "5", int), ("__int__", 5.5, int), ("__float__", "f", float), ("__complex__", 1, complex), ("__dir__", 5, dir), ("__length_hint__", "x", list), ("__reversed__", 7, reversed), ("__eq__", "truthy", lambda x: x == 1), ("__lt__", [], lambda x: x < 1), ("__round__", "r", round), ("__abs__", None, abs), ("__neg__", "n", lambda x: -x), ("__call__", 3, lambda x: x()), ("__enter__", 1, lambda x: x.__enter__()), ("__getitem__", 4, lambda x: x["k"]), ("__divmod__", "dm", lambda x: divmod(x, 1)), ("__fspath__", 5, lambda x: __import__("os").fspath(x))]
for name, value, f in cases:
    try: print(name, repr(value), "->", repr(f(make(name, value))))
    except Exception as e: print(name, repr(value), "->", type(e).__name__)
# expect: __len__ 'x' -> TypeError
# expect: __len__ -1 -> ValueError
# expect: __len__ 1.0 -> TypeError
# expect: __bool__ 1 -> TypeError
# expect: __bool__ None -> TypeError
# expect: __hash__ 'h' -> TypeError
# expect: __index__ 1.5 -> TypeError
# expect: __iter__ 5 -> TypeError
# expect: __iter__ None -> TypeError
# expect: __contains__ [] -> False
# expect: __contains__ 'yes' -> True
# expect: __repr__ 5 -> TypeError
# expect: __str__ b'x' -> TypeError
# expect: __format__ None -> TypeError
# expect: __bytes__ 's' -> TypeError
# expect: __int__ '5' -> TypeError
# expect: __int__ 5.5 -> TypeError
# expect: __float__ 'f' -> TypeError
# expect: __complex__ 1 -> TypeError
# expect: __dir__ 5 -> TypeError
# expect: __length_hint__ 'x' -> TypeError
# expect: __reversed__ 7 -> 7
# expect: __eq__ 'truthy' -> 'truthy'
# expect: __lt__ [] -> []
# expect: __round__ 'r' -> 'r'
# expect: __abs__ None -> None
# expect: __neg__ 'n' -> 'n'
# expect: __call__ 3 -> 3
# expect: __enter__ 1 -> 1
# expect: __getitem__ 4 -> 4
# expect: __divmod__ 'dm' -> 'dm'
# expect: __fspath__ 5 -> TypeError
class It:
    def __iter__(self): return self
    def __next__(self): return 1
print([x for _, x in zip(range(3), It())], make("__length_hint__", 3).__length_hint__())  # expect: [1, 1, 1] 3
class S(str): pass
class R:
    def __repr__(self): return S("str subclass")
    def __str__(self): return S("s")
print(repr(R()), type(repr(R())).__name__, type(str(R())).__name__, f"{R()}")  # expect: str subclass S S s
class B(int): pass
class L:
    def __len__(self): return B(3)
    def __index__(self): return True
    def __hash__(self): return B(2 ** 80)
print(len(L()), type(len(L())).__name__, hash(L()) == hash(2 ** 80), [1, 2][L()], bool(L()))  # expect: 3 int True 2 True
