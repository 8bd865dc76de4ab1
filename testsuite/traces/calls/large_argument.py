"""Arguments are tested: what does not fit is an error of Python's."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call abs; no-alloc
        try:
            s += C.abs(i << 19)
        except OverflowError:
            s -= 1
    return s


print(f(6000))  # expect: 4396972767376
