"""ffi.buffer objects."""
from cffi import FFI
ffi = FFI()
a = ffi.new("int[2]", [1, 0x01020304])
b = ffi.buffer(a)
print(len(b), bytes(b), b[:], b[0:4], b[4], b[-1], type(b).__name__)
# expect: 8 b'\x01\x00\x00\x00\x04\x03\x02\x01' b'\x01\x00\x00\x00\x04\x03\x02\x01' b'\x01\x00\x00\x00' b'\x04' b'\x01' buffer
b[0] = b"\xff"
print(a[0])  # expect: 255
b[4:8] = b"\0\0\0\1"
print(a[1], b[4:8])  # expect: 16777216 b'\x00\x00\x00\x01'
print(len(ffi.buffer(a, 3)), ffi.buffer(a, 3)[:], len(ffi.buffer(ffi.new("char *"))), len(ffi.buffer(a + 1)), len(ffi.buffer(a + 1, 4)))
# expect: 3 b'\xff\x00\x00' 1 4 4
m = memoryview(b)
print(m.nbytes, m.format, m.readonly, m[0], bytes(m[:2]))  # expect: 8 B False 255 b'\xff\x00'
m[1] = 7
print(b[1], a[0])  # expect: b'\x07' 2047
print(bytearray(b)[:3], b"".join([b, b"!"]), b == ffi.buffer(a), b == bytes(b), b != b"x", b"\xff" in bytes(b))
# expect: bytearray(b'\xff\x07\x00') b'\xff\x07\x00\x00\x00\x00\x00\x01!' True True True True
s = ffi.new("char[]", b"text")
print(ffi.buffer(s)[:], ffi.buffer(s, 4)[:].decode(), bytes(ffi.buffer(s))[::-1])  # expect: b'text\x00' text b'\x00txet'
import io
print(io.BytesIO(b"abcdefgh").readinto(ffi.buffer(a)), a[0].to_bytes(4, "little"))  # expect: 8 b'abcd'
print(isinstance(b, ffi.buffer))  # expect: True
def error(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: ffi.buffer(5)))  # expect: TypeError: buffer() argument 1 must be _cffi_backend._CDataBase, not int
print(error(lambda: ffi.buffer(ffi.cast("int", 5))))  # expect: TypeError: expected a pointer or array cdata, got 'int'
print(error(lambda: b[100]))  # expect: IndexError: buffer index out of range
print(error(lambda: b.__setitem__(slice(0, 4), b"abc")))  # expect: ValueError: right operand length must match slice length
print(error(lambda: b.__setitem__(0, 5)))  # expect: TypeError: must assign a bytes of length 1, not int
print(error(lambda: ffi.buffer(ffi.cast("void *", a))))  # expect: TypeError: don't know the size pointed to by 'void *'
print(len(ffi.buffer(ffi.cast("void *", a), 5)))  # expect: 5
