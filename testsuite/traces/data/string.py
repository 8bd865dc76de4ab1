"""ffi.string and ffi.unpack of characters: one call with an address, and the length of the bytes is read."""
from cffi import FFI

ffi = FFI()


def f(n):
    text, open_text = ffi.new("char[8]", b"hello"), ffi.new("char[]", b"hi")
    s = 0
    for i in range(n):  # jit: call<=3; no-alloc; no-box; native<=60
        s += len(ffi.string(text)) + len(ffi.string(open_text)) + len(ffi.unpack(text, 3))
    return s


print(f(1000))  # expect: 10000
