"""Bytes of the right length are copied into a slice of characters."""
from cffi import FFI

ffi = FFI()


def f(n):
    room = ffi.new("char[16]")
    for i in range(n):  # jit: call<=1; no-alloc; no-box; native<=32
        room[2:5] = b"abc"
    return ffi.string(room + 2)


print(f(1000))  # expect: b'abc'
