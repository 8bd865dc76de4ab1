"""ffi.from_buffer shares memory with Python objects."""
import array
from cffi import FFI
ffi = FFI()
ba = bytearray(b"hello")
c = ffi.from_buffer(ba)
print(len(c), ffi.typeof(c), c[0], ffi.buffer(c)[:])  # expect: 5 <ctype 'char[]'> b'h' b'hello'
c[0] = b"J"
print(ba)  # expect: bytearray(b'Jello')
try:
    ba.append(1)
except BufferError as error:
    print("BufferError")  # expect: BufferError
ffi.release(c)
ba.append(33)
print(ba)  # expect: bytearray(b'Jello!')
r = ffi.from_buffer(b"const")
print(ffi.buffer(r)[:], len(r), ffi.buffer(r)[1:3])  # expect: b'const' 5 b'on'
a = array.array("i", [1, 2, 3])
i = ffi.from_buffer("int[]", a)
print(len(i), list(i), ffi.typeof(i))  # expect: 3 [1, 2, 3] <ctype 'int[]'>
i[1] = 200
print(a)  # expect: array('i', [1, 200, 3])
p = ffi.from_buffer("int *", a)
print(p[2], ffi.typeof(p))  # expect: 3 <ctype 'int *'>
f = ffi.from_buffer("int[2]", a)
print(len(f), list(f))  # expect: 2 [1, 200]
m = memoryview(bytearray(8))
w = ffi.from_buffer("uint64_t *", m, require_writable=True)
w[0] = 258
print(bytes(m))  # expect: b'\x02\x01\x00\x00\x00\x00\x00\x00'
def error(*args, **kw):
    try:
        return ffi.from_buffer(*args, **kw)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(b"ro", require_writable=True).split(":")[0])  # expect: BufferError
print(error("text"))  # expect: TypeError: from_buffer() cannot return the address of a unicode object
print(error(5).split(":")[0])  # expect: TypeError
print(error("int[10]", bytearray(8)))  # expect: ValueError: buffer is too small (8 bytes) for 'int[10]' (40 bytes)
print(error("int", bytearray(8)))  # expect: TypeError: expected a pointer or array ctype, got 'int'
print(len(ffi.from_buffer("int[]", bytearray(10))))  # expect: 2
with ffi.from_buffer(bytearray(b"ctx")) as z:
    print(ffi.buffer(z)[:])  # expect: b'ctx'
print(repr(ffi.from_buffer(bytearray(3))).split(" from ")[0].split(" 0x")[0])  # expect: <cdata 'char[]' buffer len 3
