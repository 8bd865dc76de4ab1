"""An array where a pointer is wanted."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int atoi(const char *);""")
C = ffi.dlopen(None)


def f(n):
    b = ffi.new("char[8]", b"1234")
    s = 0
    for i in range(n):  # jit: one-call atoi; no-call; no-alloc; no-box; native<=22
        s += C.atoi(b)
    return s


print(f(3000))  # expect: 3702000
