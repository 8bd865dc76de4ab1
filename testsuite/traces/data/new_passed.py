"""Memory that C sees is made: the one object left."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int); void *memset(void *, int, size_t);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: calls abs memset; no-call; no-box; alloc<=1
        p = ffi.new("int *", i)
        C.abs(1)
        C.memset(p, 0, 2)
        s += p[0]
    return s


print(f(3000))  # expect: 0
