"""Memory of C's."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""void *malloc(size_t); void free(void *);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: calls malloc free; no-call; no-alloc; no-box
        p = ffi.cast("int *", C.malloc(16))
        p[0] = i
        p[1] = 2
        s += p[0] * p[1]
        C.free(p)
    return s


print(f(3000))  # expect: 8997000
