"""Arrays of unknown length at the end of a struct."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct v { int n; short items[]; }; struct s { char tag; char text[]; }; struct z { int n; double items[0]; };")
v = ffi.new("struct v *", {"n": 3, "items": [10, 20, 30]})
print(v.n, list(v.items[0:3]), ffi.sizeof(v[0]), ffi.sizeof("struct v"))  # expect: 3 [10, 20, 30] 10 4
w = ffi.new("struct v *", [5, 4])
for i in range(4): w.items[i] = i * i
print([w.items[i] for i in range(4)], ffi.sizeof(w[0]), bytes(ffi.buffer(w)))
# expect: [0, 1, 4, 9] 12 b'\x05\x00\x00\x00\x00\x00\x01\x00\x04\x00\t\x00'
s = ffi.new("struct s *", [b"t", b"hello"])
print(ffi.string(s.text), ffi.sizeof(s[0]), len(ffi.buffer(s)), ffi.unpack(s.text, 6))  # expect: b'hello' 7 7 b'hello\x00'
print(ffi.typeof("struct v").fields[1][1].type, ffi.offsetof("struct s", "text"), ffi.sizeof("struct z"))  # expect: <ctype 'short[]'> 1 8
e = ffi.new("struct v *", [1])
print(ffi.sizeof(e[0]), e.n)  # expect: 4 1
for bad in lambda: ffi.new("struct v *", [1, "x"]), lambda: ffi.new("struct v[2]"), lambda: ffi.new("struct v *", [1, -5]):
    try:
        bad()
        print("accepted")
    except Exception as error:
        print(type(error).__name__)
# expect: TypeError
# expect: accepted
# expect: ValueError
