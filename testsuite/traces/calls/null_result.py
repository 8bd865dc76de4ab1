"""A pointer that is NULL."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""char *getenv(const char *);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call getenv; no-call; no-alloc; no-box; native<=24
        if not C.getenv(b"HAFT_IS_NOT_SET"):
            s += 1
    return s


print(f(3000))  # expect: 3000
