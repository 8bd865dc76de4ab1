"""Function pointers read from an array."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int); int toupper(int);""")
C = ffi.dlopen(None)


def f(n):
    g = ffi.new("int(*[2])(int)")
    g[0] = ffi.addressof(C, "abs")
    g[1] = ffi.addressof(C, "toupper")
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=44
        s += g[i & 1](97 + (i & 15))
    return s


print(f(3000))  # expect: 265468
