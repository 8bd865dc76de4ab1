"""memoryview."""
import array
b = bytearray(b"abcdef")
m = memoryview(b)
print(len(m), m[0], m[-1], m[1:3].tobytes(), m[::2].tolist(), m.format, m.itemsize, m.ndim, m.shape, m.strides, m.nbytes, m.readonly, m.contiguous)
# expect: 6 97 102 b'bc' [97, 99, 101] B 1 1 (6,) (1,) 6 False True
m[0] = 65
m[1:3] = b"XY"
print(b, m == b"AXYdef", bytes(m[::-1]), m.obj is b, m.hex(), list(m)[:2], 65 in m)
# expect: bytearray(b'AXYdef') True b'fedYXA' True 415859646566 [65, 88] True
a = memoryview(array.array("i", [1, -2, 3]))
print(a.format, a.itemsize, a.tolist(), a[1], a.nbytes, a.cast("B")[4:8].tolist(), a.cast("B").cast("i")[2])
# expect: i 4 [1, -2, 3] -2 12 [254, 255, 255, 255] 3
s = memoryview(b"ro")
print(s.readonly, hash(s) == hash(b"ro"), memoryview(b"abc").toreadonly().readonly)  # expect: True True True
g = memoryview(bytearray(6)).cast("B", [2, 3])
g[1, 2] = 9
print(g.tolist(), g.shape, g[0, 0], g.ndim)  # expect: [[0, 0, 0], [0, 0, 9]] (2, 3) 0 2
for source in "s[0] = 1", "m[0] = 256", "m[0] = 'a'", "m[0:2] = b'xyz'", "m[10]", "memoryview('s')", "memoryview(5)", "m['a']", "a.cast('d')", "hash(m)", "del m[0]", "m.cast('q')", "a[0] = 1.5", "a[0] = 2 ** 40":
    try:
        exec(source)
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError cannot modify read-only memory
# expect: ValueError memoryview: invalid value for format 'B'
# expect: TypeError memoryview: invalid type for format 'B'
# expect: ValueError memoryview assignment: lvalue and rvalue have different structures
# expect: IndexError index out of bounds on dimension 1
# expect: TypeError memoryview: a bytes-like object is required, not 'str'
# expect: TypeError memoryview: a bytes-like object is required, not 'int'
# expect: TypeError memoryview: invalid slice key
# expect: TypeError memoryview: cannot cast between two non-byte formats
# expect: ValueError cannot hash writable memoryview object
# expect: TypeError cannot delete memory
# expect: TypeError memoryview: length is not a multiple of itemsize
# expect: TypeError memoryview: invalid type for format 'i'
# expect: ValueError memoryview: invalid value for format 'i'
with memoryview(b) as v: print(v[0])  # expect: 65
try:
    v[0]
except ValueError as error:
    print(error)  # expect: operation forbidden on released memoryview object
c = memoryview(b"xyz").cast("c")
print(c[0], c.tolist(), memoryview(b"ab") == memoryview(bytearray(b"ab")), m.tobytes("C"))  # expect: b'x' [b'x', b'y', b'z'] True b'AXYdef'
