"""ffi.memmove, ffi.string and ffi.unpack are quiet calls of the runtime."""
from cffi import FFI

ffi = FFI()


def f(n):
    a, b = ffi.new("int[4]", [1, 2, 3, 4]), ffi.new("int[4]")
    text = ffi.new("char[]", b"hello")
    s = 0
    for i in range(n):  # jit: call<=5; no-alloc; no-box
        ffi.memmove(b, a, 16)
        s += b[3] + len(ffi.string(text)) + len(ffi.unpack(text, 3))
    return s


print(f(1000))  # expect: 12000
