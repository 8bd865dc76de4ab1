"""A program: a growable string table in C memory."""
from cffi import FFI
ffi = FFI()
ffi.cdef("void *malloc(size_t); void *realloc(void *, size_t); void free(void *); typedef struct { char **items; int n, capacity; } table;")
C = ffi.dlopen(None)
class Table:
    def __init__(self):
        self.t = ffi.new("table *", [ffi.NULL, 0, 0])
        self.keep = []
    def add(self, text):
        t = self.t
        if t.n == t.capacity:
            t.capacity = max(2, t.capacity * 2)
            t.items = ffi.cast("char **", C.realloc(t.items, t.capacity * ffi.sizeof("char *")))
        data = text.encode()
        p = ffi.cast("char *", C.malloc(len(data) + 1))
        ffi.memmove(p, data + b"\0", len(data) + 1)
        t.items[t.n] = p
        t.n += 1
    def __getitem__(self, i):
        if not 0 <= i < self.t.n: raise IndexError(i)
        return ffi.string(self.t.items[i]).decode()
    def close(self):
        for i in range(self.t.n): C.free(self.t.items[i])
        C.free(self.t.items)
        self.t.n = 0
t = Table()
for w in "the quick brown fox jumps é".split(): t.add(w)
print(t.t.n, t.t.capacity, list(t), t[3], sorted(t))
# expect: 6 8 ['the', 'quick', 'brown', 'fox', 'jumps', 'é'] fox ['brown', 'fox', 'jumps', 'quick', 'the', 'é']
t.close()
print(list(t))  # expect: []
