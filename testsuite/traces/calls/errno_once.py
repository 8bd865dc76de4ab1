"""errno is read behind the loop only: the loop does not save it."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int close(int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call close; no-call; no-alloc; no-box; store<=0
        s += C.close(-1)
    return s, ffi.errno


print(f(3000))  # expect: (-3000, 9)
