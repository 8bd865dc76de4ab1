"""There is a callback, so C could run Python at any call: it is one native call all the same."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


@ffi.callback("int(int)")
def called(x):
    return x + 1


def f(n):
    s = 0
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; no-box; native<=33
        s += C.abs(i)
    return s


print(f(3000))  # expect: 4498500
