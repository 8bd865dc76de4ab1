"""A float to a float."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""float fabsf(float);""")
C = ffi.dlopen(None)


def f(n):
    s = 0.0
    for i in range(n):  # jit: one-call fabsf; no-call; no-alloc; no-box; native<=19
        s += C.fabsf(-0.5)
    return s


print(f(3000))  # expect: 1500.0
