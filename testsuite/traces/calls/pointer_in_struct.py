"""A function pointer in a struct."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct ops { int (*run)(int); }; int abs(int);""")
C = ffi.dlopen(None)


def f(n):
    o = ffi.new("struct ops *")
    o.run = ffi.addressof(C, "abs")
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=40
        s += o.run(-i)
    return s


print(f(3000))  # expect: 4498500
