"""Adding to, subtracting and indexing pointers."""
from cffi import FFI
ffi = FFI()
a = ffi.new("int[6]", [0, 10, 20, 30, 40, 50])
p = a + 1
print(p[0], p[-1], p[2], (p + 2)[0], (p - 1)[0], (p + 3) - p, a + 6 - a, p - a, ffi.typeof(p))  # expect: 10 0 30 30 0 3 6 1 <ctype 'int *'>
p += 2
print(p[0], p - a)  # expect: 30 3
p[0] = 99
print(a[3], (a + 1)[0])  # expect: 99 10
print(list(a[1:4]), len(a[2:5]), ffi.typeof(a[1:3]))  # expect: [10, 20, 99] 3 <ctype 'int[]'>
q = ffi.cast("int *", a)
print(q[5], list(q[0:2]))  # expect: 50 [0, 10]
s = a[1:4]
s[0] = 7
print(a[1], len(s))  # expect: 7 3
a[0:3] = [1, 2, 3]
print(list(a))  # expect: [1, 2, 3, 99, 40, 50]
a[3:5] = ffi.new("int[2]", [8, 9])
print(list(a))  # expect: [1, 2, 3, 8, 9, 50]
c = ffi.new("char[6]")
c[1:4] = b"xyz"
print(ffi.unpack(c, 6))  # expect: b'\x00xyz\x00\x00'
def error(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: a[6]))  # expect: IndexError: index too large for cdata 'int[6]' (expected 6 < 6)
print(error(lambda: a[-1]))  # expect: IndexError: negative index
print(error(lambda: a["x"]))  # expect: TypeError: 'str' object cannot be interpreted as an integer
print(error(lambda: a[0:7]))  # expect: IndexError: index too large (expected 7 <= 6)
print(error(lambda: a[2:1]))  # expect: IndexError: slice start > stop
print(error(lambda: a[0:4:2]))  # expect: IndexError: slice with step not supported
print(error(lambda: a[:2]))  # expect: IndexError: slice start must be specified
print(error(lambda: a[1:]))  # expect: IndexError: slice stop must be specified
print(error(lambda: a[-1:2]))  # expect: IndexError: negative index
print(error(lambda: p + "x"))  # expect: TypeError: 'str' object cannot be interpreted as an integer
print(error(lambda: p + p))  # expect: TypeError: '_cffi_backend._CDataBase' object cannot be interpreted as an integer
print(error(lambda: p - ffi.new("char *")))  # expect: TypeError: cannot subtract cdata 'int *' and cdata 'char *'
print(error(lambda: a.__setitem__(slice(0, 2), [1])))  # expect: ValueError: need 2 values to unpack, got 1
print(error(lambda: a.__setitem__(slice(0, 2), [1, 2, 3])))  # expect: ValueError: got more than 2 values to unpack
print("void arithmetic not tested")  # expect: void arithmetic not tested
print(error(lambda: ffi.cast("int", 5) + ffi.cast("int", 5)))
# expect: TypeError: '_cffi_backend._CDataBase' object cannot be interpreted as an integer
print(error(lambda: ffi.new("int *")[1]))  # expect: IndexError: cdata 'int *' can only be indexed by 0
print(error(lambda: ffi.NULL[0]))  # expect: RuntimeError: cannot dereference null pointer from cdata 'void *'
