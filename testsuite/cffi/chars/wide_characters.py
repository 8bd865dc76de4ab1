"""wchar_t, char16_t, char32_t."""
from cffi import FFI
ffi = FFI()
ffi.cdef("size_t wcslen(const wchar_t *); int towupper(int); wchar_t *wcschr(const wchar_t *, wchar_t);")
C = ffi.dlopen(None)
print(C.wcslen("hé😀"), C.wcslen(""))  # expect: 3 0
w = ffi.new("wchar_t[]", "añb")
print(len(w), list(w), w[1], ffi.string(C.wcschr(w, "ñ")), C.wcschr(w, "z") == ffi.NULL)  # expect: 4 ['a', 'ñ', 'b', '\x00'] ñ ñb True
w[0] = "Z"
print(ffi.string(w), ffi.string(w + 1), ffi.string(ffi.new("wchar_t *", "x"), 1))  # expect: Zñb ñb x
h = ffi.new("char16_t[]", "a😀")
print(len(h), [hex(ord(c)) for c in h], ffi.string(h), ffi.sizeof(h))  # expect: 4 ['0x61', '0xd83d', '0xde00', '0x0'] a😀 8
q = ffi.new("char32_t[3]", "😀é")
print(list(q), ffi.sizeof(q), ffi.string(q))  # expect: ['😀', 'é', '\x00'] 12 😀é
print(repr(ffi.cast("wchar_t", "é")), int(ffi.cast("wchar_t", "é")), repr(ffi.cast("char16_t", 0x20ac)), ffi.cast("char32_t", 0x1F600), str(ffi.cast("wchar_t", 65)))
# expect: <cdata 'wchar_t' 'é'> 233 <cdata 'char16_t' '€'> <cdata 'char32_t' '😀'> <cdata 'wchar_t' 'A'>
for t, v in ("wchar_t *", "ab"), ("wchar_t *", b"a"), ("char16_t *", "😀"), ("wchar_t *", 5), ("wchar_t[2]", "abc"), ("char *", "a"), ("char *", b"ab"), ("char *", 65), ("char32_t *", ""):
    try:
        print(ffi.new(t, v)[0])
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError initializer for ctype 'char32_t' must be a unicode string of length 1, not unicode string of length 2
# expect: TypeError initializer for ctype 'char32_t' must be a unicode string of length 1, not bytes
# expect: TypeError initializer for ctype 'char16_t' must be a unicode string of length 1, not larger-than-0xFFFF character
# expect: TypeError initializer for ctype 'char32_t' must be a unicode string of length 1, not int
# expect: IndexError initializer unicode is too long for 'wchar_t[2]' (got 3 characters)
# expect: TypeError initializer for ctype 'char' must be a bytes of length 1, not str
# expect: TypeError initializer for ctype 'char' must be a bytes of length 1, not bytes
# expect: TypeError initializer for ctype 'char' must be a bytes of length 1, not int
# expect: TypeError initializer for ctype 'char32_t' must be a unicode string of length 1, not unicode string of length 0
