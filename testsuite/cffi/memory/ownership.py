"""Owning cdata keeps memory alive; parts do not own."""
import gc
from cffi import FFI
ffi = FFI()
ffi.cdef("struct s { int x; struct { int y; } in; int *p; };")
a = ffi.new("int[3]", [1, 2, 3])
b = ffi.cast("int *", a)
b[1] = 20
print(list(a), repr(a), repr(b).startswith("<cdata 'int *' 0x"))  # expect: [1, 20, 3] <cdata 'int[3]' owning 12 bytes> True
s = ffi.new("struct s *", [5])
inner = s[0]
print(repr(s))  # expect: <cdata 'struct s *' owning 16 bytes>
del s
gc.collect()
inner.x += 1
print(inner.x)  # expect: 6
keep = []
def make():
    x = ffi.new("int *", 42)
    keep.append(x)
    holder = ffi.new("struct s *")
    holder.p = x
    return holder
h = make()
gc.collect()
print(h.p[0])  # expect: 42
h.p = ffi.NULL
print(bool(h.p), repr(h.p))  # expect: False <cdata 'int *' NULL>
print(repr(ffi.new("char[]", b"abc")), repr(ffi.new("struct s *")), repr(ffi.new("int **")))
# expect: <cdata 'char[]' owning 4 bytes> <cdata 'struct s *' owning 16 bytes> <cdata 'int * *' owning 8 bytes>
