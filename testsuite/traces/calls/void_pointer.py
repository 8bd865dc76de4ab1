"""Any pointer where void * is wanted."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int memcmp(const void *, const void *, size_t);""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[4]", [1, 2, 3, 4])
    w = ffi.new("int[4]", [1, 2, 3, 5])
    s = 0
    for i in range(n):  # jit: one-call memcmp; no-call; no-alloc; no-box; native<=24
        s += C.memcmp(v, w, 12)
    return s


print(f(3000))  # expect: 0
