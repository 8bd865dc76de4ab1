"""A view of C memory is not made, nor its slice where only the length is wanted."""
from cffi import FFI

ffi = FFI()


def f(n):
    room = ffi.new("char[16]", b"0123456789abcdef")
    p = ffi.cast("char *", room)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=14
        s += len(ffi.buffer(room)[2:]) + len(ffi.buffer(p, i & 7)[:])
    return s


print(f(1000))  # expect: 17500
