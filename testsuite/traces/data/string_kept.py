"""ffi.string: one call for the length and one for the bytes, which are those of the moment."""
from cffi import FFI

ffi = FFI()


def f(n):
    text = ffi.new("char[8]", b"hello")
    kept = None
    for i in range(n):  # jit: call<=2; no-box
        text[0] = b"h"
        kept = ffi.string(text)
        text[0] = b"x"
    return kept


print(f(1000))  # expect: b'hello'
