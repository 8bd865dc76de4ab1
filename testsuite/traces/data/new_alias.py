"""The same through a local variable."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct point { double x, y; };""")
C = ffi.dlopen(None)


def f(n):
    s, new = 0, ffi.new
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=25
        p = new("struct point *")
        p.x = i
        s += int(p.x)
    return s


print(f(3000))  # expect: 4498500
