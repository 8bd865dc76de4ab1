"""Items of an array."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[16]")
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=22
        v[i & 15] += i
    return list(v)


print(f(3000))  # expect: [281248, 281436, 281624, 281812, 282000, 282188, 282376, 282564, 279752, 279939, 280126, 280313, 280500, 280687, 280874, 281061]
