"""The type of C data is known in a loop."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct point { long x, y; };""")


def f(n):
    row, wanted, s = ffi.new("int[4]"), ffi.typeof("int[4]"), 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=24
        s += (ffi.typeof(row) is wanted) + ffi.sizeof(row)
    return s


print(f(1000))  # expect: 17000
