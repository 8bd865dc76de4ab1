"""`ffi.new` and `ffi.cast` under a local name: another bound method at each call of the function."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct p { double x, y; };""")


def f(n):
    new, cast = ffi.new, ffi.cast
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; no-side
        p = new("struct p *")
        p.x = i
        s += int(p.x) + int(cast("signed char", i))
    return s


print([f(500) for k in range(4)])  # expect: [124572, 124572, 124572, 124572]
