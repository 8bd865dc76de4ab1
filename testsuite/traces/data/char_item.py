"""Items of type char are bytes of length one, which all share: a byte is loaded, and compared as a number."""
from cffi import FFI

ffi = FFI()


def f(n):
    v = ffi.new("char[64]", b"abcdefgh" * 8)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; load<=2
        if v[i & 63] == b"c":
            s += 1
    return s


print(f(3000))  # expect: 375
