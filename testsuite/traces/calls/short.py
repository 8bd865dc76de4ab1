"""An unsigned short."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""unsigned short htons(unsigned short);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call htons; no-call; no-alloc; no-box; native<=24
        s += C.htons(i)
    return s


print(f(3000))  # expect: 96240360
