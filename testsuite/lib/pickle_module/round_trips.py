"""pickle."""
import pickle, collections, datetime, decimal, fractions
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return type(o) is P and self.x == o.x
class State:
    def __init__(self): self.a, self.secret = 1, 2
    def __getstate__(self): return {"a": self.a}
    def __setstate__(self, s): self.__dict__.update(s, restored=True)
values = [None, True, 5, -2 ** 100, 1.5, float("inf"), 2j, "é😀", b"\0\xff", bytearray(b"x"), (), (1, (2,)), [1, [2]], {"a": {1: 2}}, {1, 2}, frozenset("a"), range(3), slice(1, 2), P(5), [P([1])], len, P, collections.OrderedDict(a=1), collections.Counter("aab"), datetime.date(2024, 1, 2), decimal.Decimal("1.5"), fractions.Fraction(1, 3), ..., NotImplemented, ValueError("v").args]
print([v for v in values for proto in range(pickle.HIGHEST_PROTOCOL + 1) if pickle.loads(pickle.dumps(v, proto)) != v])  # expect: []
s = pickle.loads(pickle.dumps(State()))
print(vars(s))  # expect: {'a': 1, 'restored': True}
l = [1]; l.append(l)
m = pickle.loads(pickle.dumps(l))
print(m[1] is m, m)  # expect: True [1, [...]]
a = [1]
b = pickle.loads(pickle.dumps((a, a)))
print(b[0] is b[1])  # expect: True
class R:
    def __reduce__(self): return (sorted, ([3, 1, 2],))
print(pickle.loads(pickle.dumps(R())), pickle.dumps(1, 0), pickle.dumps([1, "a"], 2), pickle.loads(b"\x80\x04K\x07."))
# expect: [1, 2, 3] b'I1\n.' b'\x80\x02]q\x00(K\x01X\x01\x00\x00\x00aq\x01e.' 7
e = pickle.loads(pickle.dumps(KeyError("k", 1)))
print(repr(e))  # expect: KeyError('k', 1)
def local():
    class Q: pass
    return Q()
for bad in lambda: 1, local(), (x for x in []), open("/dev/null"):
    try:
        pickle.dumps(bad)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        print(type(error).__name__ in ("PicklingError", "AttributeError", "TypeError"))
# expect: True
# expect: True
# expect: True
# expect: True
for data in b"", b"garbage", b"\x80\x04K", b"cos\nnope\n.":
    try:
        pickle.loads(data)
    except EOFError as error:
        print(type(error).__name__)
    except (pickle.UnpicklingError, ValueError, IndexError):
        print("not a pickle")
    except AttributeError as error:
        print(type(error).__name__)
# expect: EOFError
# expect: not a pickle
# expect: not a pickle
# expect: AttributeError
class N:
    def __new__(cls, a, *, k=0):
        o = super().__new__(cls)
        o.args = (a, k)
        return o
    def __getnewargs_ex__(self): return (self.args[0],), {"k": self.args[1]}
print(pickle.loads(pickle.dumps(N(1, k=2))).args)  # expect: (1, 2)
import io
f = io.BytesIO()
for v in 1, "two": pickle.dump(v, f)
f.seek(0)
print(pickle.load(f), pickle.load(f))  # expect: 1 two
