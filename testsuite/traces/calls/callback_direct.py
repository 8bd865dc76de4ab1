"""A callback called through its pointer."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


@ffi.callback("int(int)")
def called(x):
    return x + 1


def f(n):
    s = 0
    for i in range(n):  # jit: compiled
        s += called(i)
    return s


print(f(3000))  # expect: 4501500
