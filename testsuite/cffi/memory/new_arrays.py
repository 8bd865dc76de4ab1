"""Array initialisers."""
from cffi import FFI
ffi = FFI()
print(list(ffi.new("int[3]")), list(ffi.new("int[3]", [1])), list(ffi.new("int[]", 4)), list(ffi.new("int[]", [1, 2])), list(ffi.new("int[2]", (5, 6))), len(ffi.new("int[]", 0)), len(ffi.new("int[0]")))
# expect: [0, 0, 0] [1, 0, 0] [0, 0, 0, 0] [1, 2] [5, 6] 0 0
print(list(ffi.new("int[]", list(range(3)))), list(ffi.new("double[]", [1, 2.5])))  # expect: [0, 1, 2] [1.0, 2.5]
c = ffi.new("char[]", b"abc")
print(len(c), list(c), c[3], list(ffi.new("char[5]", b"ab")), list(ffi.new("char[3]", b"abc")), list(ffi.new("char[]", [b"x", b"y"])))
# expect: 4 [b'a', b'b', b'c', b'\x00'] b'\x00' [b'a', b'b', b'\x00', b'\x00', b'\x00'] [b'a', b'b', b'c'] [b'x', b'y']
m = ffi.new("int[2][3]", [[1, 2, 3], [4]])
print([list(r) for r in m], len(m), len(m[0]), ffi.sizeof(m), ffi.typeof(m))  # expect: [[1, 2, 3], [4, 0, 0]] 2 3 24 <ctype 'int[2][3]'>
n = ffi.new("int[][2]", [[1, 2], [3, 4], [5]])
print(len(n), [list(r) for r in n])  # expect: 3 [[1, 2], [3, 4], [5, 0]]
p = ffi.new("int *[2]", [ffi.new("int *"), ffi.NULL])
print(p[1] == ffi.NULL, p[0] == ffi.NULL)  # expect: True False
s = ffi.new("short[2]", [1, 2])
same = ffi.new("short[2]", s)
same[0] = 9
print(list(s), list(same))  # expect: [1, 2] [9, 2]
print(list(ffi.new("unsigned char[]", b"\x01\xff")), list(ffi.new("uint8_t[4]", b"ab")), list(ffi.new("signed char[]", [-1])))
# expect: [1, 255, 0] [97, 98, 0, 0] [-1]
def error(*args):
    try:
        return ffi.new(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error("int[2]", [1, 2, 3]))  # expect: IndexError: too many initializers for 'int[2]' (got 3)
print(error("int[]"))  # expect: TypeError: expected new array length or list/tuple/str, not NoneType
print(error("int[]", -1))  # expect: ValueError: negative array length
print(error("int[2]", 5))  # expect: TypeError: initializer for ctype 'int[2]' must be a list or tuple, not int
print(error("int[2]", "ab"))  # expect: TypeError: initializer for ctype 'int[2]' must be a list or tuple, not str
print(error("char[2]", b"abc"))  # expect: IndexError: initializer bytes is too long for 'char[2]' (got 3 characters)
print(error("char[2]", "ab"))  # expect: TypeError: initializer for ctype 'char[2]' must be a bytes or list or tuple, not str
print(error("int[2]", [1, "x"]))  # expect: TypeError: an integer is required
print(error("int[2]", [2 ** 40]))  # expect: OverflowError: integer 1099511627776 does not fit 'int'
print(error("int[-1]"))  # expect: ValueError: negative array length
print(error("int"))  # expect: TypeError: expected a pointer or array ctype, got 'int'
print(error("void *", 5))  # expect: TypeError: cannot instantiate ctype 'void' of unknown size
print(error("int[2]", {}))  # expect: TypeError: initializer for ctype 'int[2]' must be a list or tuple, not dict
print(error("int[2]", s))  # expect: TypeError: initializer for ctype 'int[2]' must be a list or tuple, not cdata 'short[2]'
