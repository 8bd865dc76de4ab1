"""A variadic function."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int snprintf(char *, size_t, const char *, ...);""")
C = ffi.dlopen(None)


def f(n):
    b = ffi.new("char[32]")
    seven = ffi.cast("int", 7)
    s = 0
    for i in range(n):  # jit: one-call snprintf; no-call; no-alloc; no-box; native<=20
        s += C.snprintf(b, 32, b"%d", seven)
    return s


print(f(3000))  # expect: 3000
