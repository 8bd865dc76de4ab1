"""Arguments of a variadic function that are made by casts."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int snprintf(char *, size_t, const char *, ...);""")
C = ffi.dlopen(None)


def f(n):
    b = ffi.new("char[32]")
    s = 0
    for i in range(n):  # jit: one-call snprintf; no-call; no-alloc; no-box; native<=48
        s += C.snprintf(b, 32, b"%d-%g", ffi.cast("int", i), ffi.cast("double", 0.5))
    return s


print(f(3000))  # expect: 22890
