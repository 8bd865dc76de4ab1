"""Function objects of a library: type, repr, comparison, casts."""
from cffi import FFI
ffi = FFI()
ffi.cdef("int abs(int); int (*get_op(void))(int); void *memset(void *, int, size_t); void qsort(void *, size_t, size_t, int (*)(const void *, const void *));")
C = ffi.dlopen(None)
t = ffi.typeof(C.abs)
print(t, t.kind, t.result, t.args, t.ellipsis, t.abi)  # expect: <ctype 'int(*)(int)'> function <ctype 'int'> (<ctype 'int'>,) False 2
print(ffi.typeof(C.memset), ffi.typeof(C.qsort).args[3], ffi.typeof("int(*)(int, ...)").ellipsis)
# expect: <ctype 'void *(*)(void *, int, size_t)'> <ctype 'int(*)(void *, void *)'> True
f = ffi.cast("int(*)(int)", C.abs)
print(f(-9), f == C.abs, bool(f), ffi.typeof(f) is ffi.typeof(C.abs), f != ffi.NULL)  # expect: 9 True True True True
address = int(ffi.cast("uintptr_t", C.abs))
g = ffi.cast("int(*)(int)", address)
print(g(-4), address != 0, callable(C.abs))  # expect: 4 True True
buf = ffi.new("char[]", b"xxxx")
p = C.memset(buf, ord("z"), 2)
print(ffi.string(buf), p == buf, ffi.typeof(p))  # expect: b'zzxx' True <ctype 'void *'>
null = ffi.cast("int(*)(int)", 0)
print(null == ffi.NULL, bool(null))  # expect: True False
try:
    null(1)
except RuntimeError as error:
    print(str(error).split(":")[0][:20])  # expect: cannot call null poi
try:
    ffi.new("int(*)(int)", 5)
except Exception as error:
    print(type(error).__name__)  # expect: TypeError
holder = ffi.new("int(**)(int)", C.abs)
print(holder[0](-8), ffi.typeof(holder))  # expect: 8 <ctype 'int(* *)(int)'>
arr = ffi.new("int(*[2])(int)", [C.abs, f])
print([h(-i) for i, h in enumerate(arr, 1)], len(arr))  # expect: [1, 2] 2
