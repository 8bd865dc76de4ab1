"""dir, len, iteration, attributes and calls of cdata."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct s { int x; double y; };")
s = ffi.new("struct s *", [1, 2])
print(sorted(n for n in dir(s) if not n.startswith("_")), hasattr(s, "x"), hasattr(s, "z"), getattr(s, "y"))  # expect: ['x', 'y'] True False 2.0
a = ffi.new("int[3]", [4, 5, 6])
print(len(a), list(a), [x for x in a], 5 in a, sum(a), max(a), sorted(a, reverse=True), tuple(a), *a)
# expect: 3 [4, 5, 6] [4, 5, 6] True 15 6 [6, 5, 4] (4, 5, 6) 4 5 6
print(list(zip(a, "abc")), dict(enumerate(a)), list(map(str, a)), list(reversed(list(a))))
# expect: [(4, 'a'), (5, 'b'), (6, 'c')] {0: 4, 1: 5, 2: 6} ['4', '5', '6'] [6, 5, 4]
def error(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: len(s)))  # expect: TypeError: cdata of type 'struct s *' has no len()
print(error(lambda: list(s)))  # expect: TypeError: cdata 'struct s *' does not support iteration
print(error(lambda: len(ffi.cast("int", 5))))  # expect: TypeError: cdata of type 'int' has no len()
print(error(lambda: int(s)))  # expect: TypeError: int() not supported on cdata 'struct s *'
print(error(lambda: float(a)))  # expect: TypeError: float() not supported on cdata 'int[3]'
print(error(lambda: a()))  # expect: TypeError: cdata 'int[3]' is not callable
print(error(lambda: s.nope))  # expect: AttributeError: cdata 'struct s *' has no field 'nope'
print(error(lambda: a.x))  # expect: AttributeError: cdata 'int[3]' has no attribute 'x'
print(error(lambda: setattr(a, "x", 1)))  # expect: AttributeError: cdata 'int[3]' has no attribute 'x'
print(error(lambda: ffi.cast("int", 5)[0]))  # expect: TypeError: cdata of type 'int' cannot be indexed
print(error(lambda: ffi.cast("void *", a)[0]))  # expect: TypeError: cdata 'void' is opaque
print(error(lambda: delattr(s, "x")).split(":")[0])  # expect: AttributeError
print(error(lambda: int(ffi.cast("int *", 0))))  # expect: TypeError: int() not supported on cdata 'int *'
print(int(ffi.cast("int", 7)), error(lambda: float(ffi.cast("int", 7))), int(ffi.cast("double", 7.5)), [10, 20, 30][int(ffi.cast("char", b"\1"))], hex(int(ffi.cast("int", 255))))
# expect: 7 TypeError: float() not supported on cdata 'int' 7 20 0xff
print(error(lambda: [10, 20][ffi.cast("int", 1)]).split(":")[0] if not isinstance(error(lambda: [10, 20][ffi.cast("int", 1)]), int) else "index accepted")
# expect: TypeError
import weakref
print(weakref.ref(s)() is s, callable(s), ffi.CData, type(a) is type(s))  # expect: True True <class '_cffi_backend._CDataBase'> True
