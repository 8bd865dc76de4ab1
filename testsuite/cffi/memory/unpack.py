"""ffi.unpack of all element types."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct p { int x; };")
print(ffi.unpack(ffi.new("int[]", [1, 2, 3]), 2), ffi.unpack(ffi.new("char[]", b"a\0b"), 3), ffi.unpack(ffi.new("double[]", [1, 0.5]), 2))
# expect: [1, 2] b'a\x00b' [1.0, 0.5]
print(ffi.unpack(ffi.new("wchar_t[]", "é😀"), 2), ffi.unpack(ffi.new("char16_t[]", "ab"), 2), ffi.unpack(ffi.new("_Bool[]", [1, 0]), 2), ffi.unpack(ffi.new("unsigned char[]", b"\xff\x00"), 2), ffi.unpack(ffi.new("short[]", [-1]), 1))
# expect: é😀 ab [True, False] [255, 0] [-1]
print(ffi.unpack(ffi.new("int[2]"), 0), ffi.unpack(ffi.new("long long[1]", [2 ** 62]), 1))  # expect: [] [4611686018427387904]
a = ffi.new("int[4]", [1, 2, 3, 4])
print(ffi.unpack(a + 1, 3), ffi.unpack(ffi.cast("uint8_t *", a), 5))  # expect: [2, 3, 4] [1, 0, 0, 0, 2]
s = ffi.new("struct p[2]", [[1], [2]])
print([x.x for x in ffi.unpack(s, 2)], len(ffi.unpack(ffi.new("int *[2]"), 2)), ffi.unpack(ffi.new("float[1]", [0.1]), 1))
# expect: [1, 2] 2 [0.10000000149011612]
m = ffi.new("int[2][2]", [[1, 2], [3, 4]])
print([list(r) for r in ffi.unpack(m, 2)])  # expect: [[1, 2], [3, 4]]
def error(*args):
    try:
        return ffi.unpack(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(ffi.NULL, 1))  # expect: RuntimeError: cannot use unpack() on <cdata 'void *' NULL>
print(error(ffi.cast("int *", 0), 1))  # expect: RuntimeError: cannot use unpack() on <cdata 'int *' NULL>
print(error(a, -1))  # expect: ValueError: 'length' cannot be negative
print(error(ffi.cast("int", 1), 1))  # expect: TypeError: expected a pointer or array, got 'int'
print(error(5, 1))  # expect: TypeError: unpack() argument 1 must be _cffi_backend._CDataBase, not int
print(error(a))  # expect: TypeError: FFI.unpack() missing 1 required positional argument: 'length'
