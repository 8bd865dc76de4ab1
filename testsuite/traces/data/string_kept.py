"""ffi.string: one call for the length and one for the bytes, which are those of the moment."""
from cffi import FFI

ffi = FFI()


def f(n):
    text = ffi.new("char[8]", b"hello")
    numbers = ffi.cast("unsigned char *", text)
    kept = None
    for i in range(n):  # jit: call<=2; no-box
        numbers[0] = 104
        kept = ffi.string(text)
        numbers[0] = 120
    return kept


print(f(1000))  # expect: b'hello'
