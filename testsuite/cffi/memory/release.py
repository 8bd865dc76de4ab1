"""ffi.release and with statements on cdata."""
import gc
from cffi import FFI
ffi = FFI()
log = []
p = ffi.new("int *", 5)
with p as q:
    print(q is p, q[0])  # expect: True 5
try:
    p[0]
except RuntimeError as error:
    print(type(error).__name__)
ffi.release(p)
print("released twice")  # expect: released twice
freed = []
g = ffi.gc(ffi.new("int *", 7), lambda x: freed.append("freed"))
print(g[0])  # expect: 7
ffi.release(g)
print(freed)  # expect: ['freed']
del g
gc.collect()
print(freed)  # expect: ['freed']
with ffi.gc(ffi.cast("void *", 0x1234), lambda x: freed.append(int(ffi.cast("intptr_t", x)))) as v:
    print(int(ffi.cast("intptr_t", v)))  # expect: 4660
print(freed)  # expect: ['freed', 4660]
alloc = ffi.new_allocator(lambda n: ffi.cast("void *", keep[0]), lambda x: freed.append("custom free"))
keep = [ffi.new("char[]", 64)]
with alloc("int[4]", [1, 2]) as arr:
    print(list(arr))  # expect: [1, 2, 0, 0]
print(freed[-1])  # expect: custom free
for bad in ffi.cast("int", 5), ffi.cast("int *", 0), 5, ffi.new("int[4]")[0:2]:
    try:
        ffi.release(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: ValueError
