"""C calls back."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""void qsort(void *, size_t, size_t, int (*)(const void *, const void *));""")
C = ffi.dlopen(None)


@ffi.callback("int(const void *, const void *)")
def order(a, b):
    return ffi.cast("int *", a)[0] - ffi.cast("int *", b)[0]


def warm(n):
    v = ffi.new("int[5]")
    for i in range(n):
        v[0:5] = [5, 3, i & 7, 1, 4]
        C.qsort(v, 5, 4, order)


def f(n):
    v = ffi.new("int[5]")
    s = 0
    for i in range(n):  # jit: calls qsort; visits<=1
        v[0:5] = [5, 3, i & 7, 1, 4]
        C.qsort(v, 5, 4, order)
        s += v[0] + 10 * v[4]
    return s


# The function that is called back is compiled by then: it needs no frame, and nobody looks.
warm(200)
print(f(400))  # expect: 21850
