"""ffi.new_allocator."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct s { int x; char c[4]; };")
pool = ffi.new("char[]", 1024)
sizes, freed = [], []
def alloc(size):
    sizes.append(size)
    ffi.memmove(pool, b"\xAA" * size, size)
    return ffi.cast("char *", pool)
def free(p): freed.append(ffi.typeof(p).cname)
clean = ffi.new_allocator(alloc, free)
p = clean("int *")
print(p[0], sizes, ffi.typeof(p))  # expect: 0 [4] <ctype 'int *'>
p = None
import gc; gc.collect()
print(freed)  # expect: ['char *']
dirty = ffi.new_allocator(alloc, free, should_clear_after_alloc=False)
q = dirty("unsigned char[4]")
print([hex(x) for x in q])  # expect: ['0xaa', '0xaa', '0xaa', '0xaa']
q = dirty("int[3]", [1])
print(list(q)[:1], sizes[-1])  # expect: [1] 12
s = clean("struct s *", {"x": 3, "c": b"ab"})
print(s.x, ffi.string(s.c))  # expect: 3 b'ab'
default = ffi.new_allocator()
print(default("int[2]", [4, 5])[1], ffi.new_allocator(should_clear_after_alloc=True)("int *")[0])  # expect: 5 0
def error(f):
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: ffi.new_allocator(lambda n: 5)("int *")).split(":")[0])  # expect: TypeError
print(error(lambda: ffi.new_allocator(lambda n: ffi.NULL)("int *")).split(":")[0])  # expect: MemoryError
print(error(lambda: ffi.new_allocator(lambda n: 1 / 0)("int *")))  # expect: ZeroDivisionError: division by zero
print(error(lambda: ffi.new_allocator(None, free)))  # expect: TypeError: cannot pass 'free' without 'alloc'
