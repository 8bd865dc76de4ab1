"""A size_t that comes back."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""size_t strlen(const char *);""")
C = ffi.dlopen(None)


def f(n):
    b = ffi.new("char[]", b"hello haft")
    s = 0
    for i in range(n):  # jit: one-call strlen; no-call; no-alloc; no-box; native<=23
        s += C.strlen(b)
    return s


print(f(3000))  # expect: 30000
