"""A function pointer in a struct."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""
    struct table { int (*f)(int); };
    int abs(int);
""")
C = ffi.dlopen(None)


def f(n):
    t = ffi.new("struct table *")
    t.f = ffi.addressof(C, "abs")
    s = 0
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; no-box; native<=21
        s += t.f(-i)
    return s


print(f(3000))  # expect: 4498500
