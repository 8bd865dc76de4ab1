"""ffi.string on characters, arrays, pointers and enums."""
from cffi import FFI
ffi = FFI()
ffi.cdef("enum e { AA, BB = 3 };")
s = ffi.new("char[10]", b"hello")
print(ffi.string(s), ffi.string(s, 3), ffi.string(s, 0), ffi.string(s, 10), ffi.string(s + 2), ffi.string(ffi.cast("char *", s)))
# expect: b'hello' b'hel' b'' b'hello' b'llo' b'hello'
full = ffi.new("char[3]", b"abc")
print(ffi.string(full), ffi.string(ffi.new("char[]", b"a\0b")), ffi.string(ffi.new("char *", b"x"), 1))  # expect: b'abc' b'a' b'x'
print(ffi.string(ffi.cast("char", b"q")), ffi.string(ffi.cast("wchar_t", "é")), "-")  # expect: b'q' é -
print(ffi.string(ffi.new("unsigned char[]", [72, 105, 0])), ffi.string(ffi.new("signed char[]", [72, 0])), ffi.string(ffi.new("uint8_t[2]", b"ab")))
# expect: b'Hi' b'H' b'ab'
w = ffi.new("wchar_t[]", "wide é😀")
print(ffi.string(w), len(w), ffi.string(w, 4), ffi.string(ffi.new("char16_t[]", "u16 😀")), ffi.string(ffi.new("char32_t[]", "u32 😀")), len(ffi.new("char16_t[]", "😀")))
# expect: wide é😀 8 wide u16 😀 u32 😀 3
print(ffi.string(ffi.cast("enum e", 3)), ffi.string(ffi.cast("enum e", 0)), ffi.string(ffi.cast("enum e", 9)))  # expect: BB AA 9
def error(*args):
    try:
        return ffi.string(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(ffi.NULL))  # expect: TypeError: string(): unexpected cdata 'void *' argument
print(error(ffi.cast("char *", 0)))  # expect: RuntimeError: cannot use string() on <cdata 'char *' NULL>
print(error(ffi.new("int[2]")))  # expect: TypeError: string(): unexpected cdata 'int[2]' argument
print(error(ffi.cast("int", 5)))  # expect: TypeError: string(): unexpected cdata 'int' argument
print(error("text"))  # expect: TypeError: string() argument 1 must be _cffi_backend._CDataBase, not str
print(error(b"bytes"))  # expect: TypeError: string() argument 1 must be _cffi_backend._CDataBase, not bytes
print(error(ffi.new("double *")))  # expect: TypeError: string(): unexpected cdata 'double *' argument
print(error(s, "x"))  # expect: TypeError: 'str' object cannot be interpreted as an integer
print(error(ffi.new("short[]", 3)))  # expect: TypeError: string(): unexpected cdata 'short[]' argument
