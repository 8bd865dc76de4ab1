"""Members of the structs of an array, one after the other."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct p { int x; double y; };""")


def f(n):
    v = ffi.new("struct p[]", n)
    for i in range(n):  # jit: no-call; no-alloc; no-box
        v[i].x = i
    s = 0
    for p in v:  # jit: no-call; no-alloc; no-box
        s += p.x
    return s


print(f(1000))  # expect: 499500
