"""Bytes that fit are copied into a member that is an array of characters, with a zero behind."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct item { int n; char name[8]; };""")


def f(n):
    item = ffi.new("struct item *")
    for i in range(n):  # jit: call<=1; no-alloc; no-box; native<=40
        item.name = b"abc"
    return ffi.string(item.name)


print(f(1000))  # expect: b'abc'
