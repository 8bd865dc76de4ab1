"""Changing a bytearray."""
b = bytearray(b"abc")
b.append(100)
b.extend(b"ef")
b.extend([103])
b.insert(0, 33)
b[1] = 65
b[2:4] = b"XYZ"
print(b, b.pop(), b.pop(0), b)  # expect: bytearray(b'AXYZdef') 103 33 bytearray(b'AXYZdef')
del b[0]
del b[-2:]
b.remove(ord("Y"))
b.reverse()
print(b, b.copy() is b, b.copy() == b)  # expect: bytearray(b'dZX') False True
b += b"++"
b *= 2
b[::2] = b"-" * len(b[::2])
print(b, len(b))  # expect: bytearray(b'-Z-+-d-X-+') 10
b.clear()
print(b, bytearray(3), bytearray("é", "latin-1"), bytearray([1, 2])[0], bytearray(b"x") == b"x")
# expect: bytearray(b'') bytearray(b'\x00\x00\x00') bytearray(b'\xe9') 1 True
b = bytearray(b"abc")
for source in "b.append(256)", "b.append('a')", "b.extend('ab')", "b.extend([300])", "b[0] = 256", "b[0] = b'x'", "b[10] = 1", "b.pop(10)", "b.remove(0)", "b.remove(b'a')", "b[0:1] = 'x'", "b[::2] = b'x'", "b.insert('a', 1)", "hash(b)", "bytearray().pop()", "b['x'] = 1", "b.insert(0, -1)":
    try:
        exec(source)
        print("ok", b)
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError byte must be in range(0, 256)
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError expected iterable of integers; got: 'str'
# expect: ValueError byte must be in range(0, 256)
# expect: ValueError byte must be in range(0, 256)
# expect: TypeError 'bytes' object cannot be interpreted as an integer
# expect: IndexError bytearray index out of range
# expect: IndexError pop index out of range
# expect: ValueError value not found in bytearray
# expect: TypeError 'bytes' object cannot be interpreted as an integer
# expect: TypeError can assign only bytes, buffers, or iterables of ints in range(0, 256)
# expect: ValueError attempt to assign bytes of size 1 to extended slice of size 2
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError unhashable type: 'bytearray'
# expect: IndexError pop from empty bytearray
# expect: TypeError bytearray indices must be integers or slices, not str
# expect: ValueError byte must be in range(0, 256)
m = memoryview(b)
try:
    b.append(1)
except BufferError as error:
    print(error)  # expect: Existing exports of data: object cannot be re-sized
m.release()
b.append(33)
print(b)  # expect: bytearray(b'abc!')
