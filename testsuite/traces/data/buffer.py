"""A view of C memory is not made; its slice is a bytes with what is there."""
from cffi import FFI

ffi = FFI()


def f(n):
    room = ffi.new("char[16]", b"0123456789abcdef")
    p = ffi.cast("char *", room)
    s = 0
    for i in range(n):  # jit: call<=2; no-alloc; no-box; native<=60
        s += len(ffi.buffer(room)[2:]) + len(ffi.buffer(p, i & 7)[:])
    return s


print(f(1000))  # expect: 17500
