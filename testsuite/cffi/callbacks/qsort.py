"""qsort and bsearch with Python callbacks."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
typedef int (*compare)(const void *, const void *);
void qsort(void *base, size_t n, size_t size, compare);
void *bsearch(const void *key, const void *base, size_t n, size_t size, compare);
""")
C = ffi.dlopen(None)
calls = 0
@ffi.callback("int(const void *, const void *)")
def by_value(a, b):
    global calls
    calls += 1
    x, y = ffi.cast("int *", a)[0], ffi.cast("int *", b)[0]
    return (x > y) - (x < y)
data = ffi.new("int[]", [5, -1, 33, 0, 7, 7, 2])
C.qsort(data, len(data), ffi.sizeof("int"), by_value)
print(list(data), calls > 0)  # expect: [-1, 0, 2, 5, 7, 7, 33] True
key = ffi.new("int *", 33)
found = C.bsearch(key, data, len(data), 4, by_value)
print(ffi.cast("int *", found)[0], ffi.cast("int *", found) - ffi.cast("int *", data))  # expect: 33 6
key[0] = 100
print(C.bsearch(key, data, len(data), 4, by_value) == ffi.NULL)  # expect: True
reverse = ffi.callback("compare", lambda a, b: ffi.cast("int *", b)[0] - ffi.cast("int *", a)[0])
C.qsort(data, len(data), 4, reverse)
print(list(data))  # expect: [33, 7, 7, 5, 2, 0, -1]
words = [ffi.new("char[]", w) for w in (b"pear", b"apple", b"fig")]
table = ffi.new("char *[]", words)
@ffi.callback("compare")
def by_length(a, b):
    return len(ffi.string(ffi.cast("char **", a)[0])) - len(ffi.string(ffi.cast("char **", b)[0]))
C.qsort(table, 3, ffi.sizeof("char *"), by_length)
print([ffi.string(w) for w in table])  # expect: [b'fig', b'pear', b'apple']
doubles = ffi.new("double[]", [2.5, -1.5, 0.0])
C.qsort(ffi.addressof(doubles, 1), 2, 8, ffi.callback("compare", lambda a, b: 1 if ffi.cast("double *", a)[0] < ffi.cast("double *", b)[0] else -1))
print(list(doubles))  # expect: [2.5, 0.0, -1.5]
