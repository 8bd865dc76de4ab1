"""__len__, __getitem__, __setitem__, __delitem__, __contains__, __missing__, __reversed__."""
class Box:
    def __init__(self): self.d = {}
    def __len__(self): return len(self.d)
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __contains__(self, k): return k in self.d or "magic" if k != 0 else 0
    def __reversed__(self): return iter(["rev"])
    def __length_hint__(self): return 1
b = Box()
b["x"] = 1
b[1, 2] = "tuple"
print(len(b), b["x"], b[1, 2], "x" in b, "q" in b, 0 in b, 0 not in b, list(reversed(b)))  # expect: 2 1 tuple True True False True ['rev']
del b["x"]
print(len(b), bool(b))  # expect: 1 True
for source in "b['zz']", "object()[0]", "int.x[0]", "len(5)", "5 .__len__()", "None[0]", "f[0]", "(lambda: 0)[1]":
    try:
        eval(source, {"b": b, "f": print})
    except Exception as error:
        print(type(error).__name__, error)
# expect: KeyError 'zz'
# expect: TypeError 'object' object is not subscriptable
# expect: AttributeError type object 'int' has no attribute 'x'
# expect: TypeError object of type 'int' has no len()
# expect: AttributeError 'int' object has no attribute '__len__'
# expect: TypeError 'NoneType' object is not subscriptable
# expect: TypeError 'builtin_function_or_method' object is not subscriptable
# expect: TypeError 'function' object is not subscriptable
def stmt(source):
    try:
        exec(source)
    except TypeError as error:
        print(error)
stmt("None[0] = 1")  # expect: 'NoneType' object does not support item assignment
stmt("del None[0]")  # expect: 'NoneType' object does not support item deletion
stmt("(1,)[0] = 2")  # expect: 'tuple' object does not support item assignment
stmt("'abc'[0] = 'x'")  # expect: 'str' object does not support item assignment
stmt("del 'abc'[0]")  # expect: 'str' object doesn't support item deletion
stmt("object()[1:2] = 3")  # expect: 'object' object does not support item assignment
stmt("range(3)[0] = 1")  # expect: 'range' object does not support item assignment
class NoContains:
    __contains__ = None
    def __iter__(self): return iter([1])
try:
    1 in NoContains()
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
for length in -1, "x", 1.5, 2 ** 100:
    class Len:
        def __len__(self): return length
    try:
        len(Len())
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
# expect: ValueError __len__() should return >= 0
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError 'float' object cannot be interpreted as an integer
# expect: OverflowError cannot fit 'int' into an index-sized integer
