"""match with None keys, walrus subjects, nested captures, or-bindings, star names."""
match (n := 5):
    case int() if n > 3: print("walrus", n)  # expect: walrus 5
def f(x):
    match x:
        case {"a": None}: return "none value"
        case {"a": [*_, {"b": b}]}: return b
        case [1, (2 | 3) as m, *_] | [4, m]: return m
        case [[_, [a, *b]], {"k": c}, *d]: return a, b, c, d
        case (str() | bytes()) as s if len(s): return s[0]
        case ["" | b""]: return "empty text"
        case bool(b): return f"bool {b}"
        case int(real=r, imag=0): return f"real {r}"
        case []: return "empty"
        case object(): return "any"
for x in {"a": None}, {"a": [1, {"b": 2}]}, [1, 3, 9], [4, "m"], [[0, "xyz"], {"k": 1}, 7, 8], [[0, ["x", "y"]], {"k": 1}, 7], "str", b"by", [""], True, 9, [], None: print(f(x))
# expect: none value
# expect: 2
# expect: 3
# expect: m
# expect: any
# expect: ('x', ['y'], 1, [7])
# expect: s
# expect: 98
# expect: empty text
# expect: bool True
# expect: real 9
# expect: empty
# expect: any
class P:
    __match_args__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
    @property
    def c(self): print("c read"); return self.a
match P(1, P(2, 3)):
    case P(1, P(x, y), c=_) if False: pass  # expect: c read
    case P(a=1, b=P(b=3, a=z)): print(z)  # expect: 2
class Tricky:
    @property
    def attr(self): raise AttributeError("as if missing")
    @property
    def err(self): raise ValueError("propagates")
match Tricky():
    case Tricky(attr=_): print("no")
    case _: print("AttributeError means no match")  # expect: AttributeError means no match
try:
    match Tricky():
        case Tricky(err=_): pass
except ValueError as e: print(e)  # expect: propagates
class Seq:
    def __len__(self): print("len"); return 2
    def __getitem__(self, i): return "xy"[i]
import collections.abc
collections.abc.Sequence.register(Seq)
match Seq():
    case [a, b, c]: print("3")  # expect: len
    case [a, b]: print(a, b)
    # expect: len
    # expect: x y
match [1, 2, 3, 4, 5]:
    case [first, *mid, last] if sum(mid) == 9: print(first, mid, last)  # expect: 1 [2, 3, 4] 5
for v in range(4):
    match v:
        case 0: continue
        case 2: break
        case _: print("loop", v)  # expect: loop 1
match {"x": 1, "y": 2, 3: 4}:
    case {"x": 1, **rest}: print(rest)  # expect: {'y': 2, 3: 4}
match 1.0, True, 0:
    case 1, 1, False: print("equality across types")
def ret(x):
    match x:
        case 1: return "one"
        case 2: pass
        case 3:
            try: return "three"
            finally: print("finally in case")
    return "end"
print(ret(1), ret(2), ret(3))
# expect: finally in case
# expect: one end three
