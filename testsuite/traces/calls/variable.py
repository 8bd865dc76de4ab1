"""A variable of a library."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int optind;""")
C = ffi.dlopen(None)


def f(n):
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=16
        C.optind = C.optind + 1
    return C.optind - n


print(f(3000))  # expect: 1
