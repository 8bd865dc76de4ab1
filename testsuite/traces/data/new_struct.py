"""A struct that does not escape is not made."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct point { double x, y; };""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=32
        p = ffi.new("struct point *")
        p.x = i
        p.y = p.x * 2
        s += int(p.y)
    return s, p.x


print(f(3000))  # expect: (8997000, 2999.0)
