"""An array whose length only the object knows."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("long[]", 16)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=26
        v[i & 15] = i
        s += v[3]
    return s


print(f(3000))  # expect: 4476047
