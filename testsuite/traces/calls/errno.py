"""errno is read behind each call."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int close(int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call close; no-call; no-alloc; no-box
        s += C.close(-1)
        s += ffi.errno
    return s


print(f(3000))  # expect: 24000
