"""Bytes are copied through a view that is not made."""
from cffi import FFI

ffi = FFI()


def f(n):
    room = ffi.new("char[16]")
    for i in range(n):  # jit: call<=1; no-alloc; no-box; native<=40
        ffi.buffer(room)[4:8] = b"wxyz"
    return ffi.unpack(room, 9)


print(f(1000))  # expect: b'\x00\x00\x00\x00wxyz\x00'
