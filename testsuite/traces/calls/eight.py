"""More arguments than there are registers for; what others would need to know meanwhile is written once."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int snprintf(char *, size_t, const char *, ...);""")
C = ffi.dlopen(None)


def f(n):
    b = ffi.new("char[32]")
    int_t = ffi.typeof("int")
    one, two = ffi.cast(int_t, 1), ffi.cast(int_t, 22)
    s = 0
    for i in range(n):  # jit: one-call snprintf; no-call; no-alloc; no-box; native<=30
        s += C.snprintf(b, 32, b"%d%d%d%d%d", one, two, one, two, ffi.cast(int_t, i & 7))
    return s, ffi.string(b)


print(f(3000))  # expect: (21000, b'1221227')
