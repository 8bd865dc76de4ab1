"""ffi.string and ffi.unpack of characters where only the length is wanted: nothing is made."""
from cffi import FFI

ffi = FFI()


def f(n):
    text, open_text = ffi.new("char[8]", b"hello"), ffi.new("char[]", b"hi")
    s = 0
    for i in range(n):  # jit: call<=2; no-alloc; no-box; native<=30
        s += len(ffi.string(text)) + len(ffi.string(open_text)) + len(ffi.unpack(text, 3))
    return s


print(f(1000))  # expect: 10000
