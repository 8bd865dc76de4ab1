"""A struct that the program keeps is made."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct point { double x, y; };""")
C = ffi.dlopen(None)


def f(n):
    kept = [None] * 8
    for i in range(n):  # jit: no-call; no-box; alloc<=2
        p = ffi.new("struct point *")
        p.x = i
        kept[i & 7] = p
    return [q.x for q in kept]


print(f(3000))  # expect: [2992.0, 2993.0, 2994.0, 2995.0, 2996.0, 2997.0, 2998.0, 2999.0]
