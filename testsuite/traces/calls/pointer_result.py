"""A pointer that comes back and is compared."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""void *memset(void *, int, size_t);""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("char[16]")
    s = 0
    for i in range(n):  # jit: one-call memset; no-call; no-alloc; no-box; native<=28
        if C.memset(v, i & 127, 8) == v:
            s += 1
    return s


print(f(3000))  # expect: 3000
