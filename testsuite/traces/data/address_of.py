"""The address of a member and of an item is a sum."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct item { int n; double x; };""")


def f(n):
    item, row = ffi.new("struct item *", [1, 2.5]), ffi.new("int[4]", [1, 2, 3, 4])
    s = 0.0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=40
        s += ffi.addressof(item, "x")[0] + ffi.addressof(row, i & 3)[0]
    return s


print(f(1000))  # expect: 5000.0
