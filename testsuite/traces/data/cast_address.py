"""An address becomes a number."""
from cffi import FFI

ffi = FFI()


def f(n):
    row, s = ffi.new("int[4]"), 0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        s += int(ffi.cast("intptr_t", row + 1)) - int(ffi.cast("intptr_t", row))
    return s


print(f(1000))  # expect: 4000
