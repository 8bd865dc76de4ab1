"""ffi.gc attaches destructors."""
import gc
from cffi import FFI
ffi = FFI()
ffi.cdef("void *malloc(size_t); void free(void *);")
C = ffi.dlopen(None)
log = []
def make(name):
    p = ffi.new("int *", len(name))
    return ffi.gc(p, lambda q: log.append((name, q[0])))
a = make("abc")
print(a[0], ffi.typeof(a), log)  # expect: 3 <ctype 'int *'> []
del a
gc.collect()
print(log)  # expect: [('abc', 3)]
m = ffi.gc(C.malloc(16), C.free, 16)
i = ffi.cast("int *", m)
i[0] = 5
print(i[0])  # expect: 5
b = make("cancel")
b2 = ffi.gc(b, None)
print(b2)  # expect: None
del b
gc.collect()
print(log)  # expect: [('abc', 3)]
c = make("xy")
c = ffi.gc(c, lambda q: log.append("outer"))
del c
gc.collect()
print(log[1:])  # expect: ['outer', ('xy', 2)]
x = [make("list")]
x.clear()
gc.collect()
print(log[-1])  # expect: ('list', 4)
for bad in lambda: ffi.gc(5, print), lambda: ffi.gc(ffi.new("int *"), 5):
    try:
        bad()
    except TypeError as error:
        print("TypeError")  # expect: TypeError
