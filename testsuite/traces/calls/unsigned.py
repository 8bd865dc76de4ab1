"""An unsigned int."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""unsigned int htonl(unsigned int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call htonl; no-call; no-alloc; no-box; native<=22
        s += C.htonl(i)
    return s


print(f(3000))  # expect: 6307208232960
