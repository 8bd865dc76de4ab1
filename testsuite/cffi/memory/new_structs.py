"""Struct initialisers: list, dict, another struct."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
struct point { int x, y; };
struct line { struct point a, b; char name[8]; double w[2]; };
struct flex { int n; short data[]; };
union both { int i; float f; char c[4]; };
struct opaque;
""")
p = ffi.new("struct point *")
print(p.x, p.y, p[0].x)  # expect: 0 0 0
for init in [1, 2], (3,), [], {"y": 7}, {}, {"x": 1, "y": 2}:
    p = ffi.new("struct point *", init)
    print(p.x, p.y)
# expect: 1 2
# expect: 3 0
# expect: 0 0
# expect: 0 7
# expect: 0 0
# expect: 1 2
q = ffi.new("struct point *", p[0])
q.x = 50
print(p.x, q.x)  # expect: 1 50
l = ffi.new("struct line *", [[1, 2], {"y": 4}, b"seg", [0.5]])
print(l.a.x, l.a.y, l.b.x, l.b.y, ffi.string(l.name), list(l.w))  # expect: 1 2 0 4 b'seg' [0.5, 0.0]
l.a = [9, 8]
l.b = p[0]
l.name = b"other"
l.w = (1, 2)
print(l.a.x, l.b.y, ffi.string(l.name), list(l.w))  # expect: 9 2 b'other' [1.0, 2.0]
ref = l.a
ref.x = 77
print(l.a.x, ffi.typeof(ref), ffi.typeof(l.name))  # expect: 77 <ctype 'struct point'> <ctype 'char[8]'>
f = ffi.new("struct flex *", {"n": 3, "data": [1, 2, 3]})
print(list(f.data[0:3]), ffi.new("struct flex *", [2, 5]).n, ffi.sizeof("struct flex"))  # expect: [1, 2, 3] 2 4
u = ffi.new("union both *", [1])
u.f = 1.0
print(hex(u.i), list(u.c), ffi.new("union both *", {"c": b"abc"}).i == int.from_bytes(b"abc\0", "little"))
# expect: 0x3f800000 [b'\x00', b'\x00', b'\x80', b'?'] True
a = ffi.new("struct point[2]", [[1, 2], {"x": 3}])
print([(s.x, s.y) for s in a])  # expect: [(1, 2), (3, 0)]
a[1] = {"y": 5}
print(a[1].x, a[1].y)  # expect: 3 5
def error(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: ffi.new("struct point *", [1, 2, 3])))  # expect: ValueError: too many initializers for 'struct point' (got 3)
print(error(lambda: ffi.new("struct point *", {"z": 1})))  # expect: KeyError: 'z'
print(error(lambda: ffi.new("struct point *", 5)))
# expect: TypeError: initializer for ctype 'struct point' must be a list or tuple or dict or struct-cdata, not int
print(error(lambda: ffi.new("struct point *", b"ab")))
# expect: TypeError: initializer for ctype 'struct point' must be a list or tuple or dict or struct-cdata, not bytes
print(error(lambda: ffi.new("struct point *", [1, "a"])))  # expect: TypeError: an integer is required
print(error(lambda: ffi.new("union both *", [1, 2])))  # expect: ValueError: too many initializers for 'union both' (got 2)
print(error(lambda: ffi.new("struct opaque *")))  # expect: TypeError: cannot instantiate ctype 'struct opaque' of unknown size
print(error(lambda: p.z))  # expect: AttributeError: cdata 'struct point *' has no field 'z'
print(error(lambda: setattr(p, "z", 1)))  # expect: AttributeError: cdata 'struct point *' has no field 'z'
print(error(lambda: setattr(l, "a", 5)))
# expect: TypeError: initializer for ctype 'struct point' must be a list or tuple or dict or struct-cdata, not int
print(error(lambda: ffi.new("struct point", [1])))  # expect: TypeError: expected a pointer or array ctype, got 'struct point'
print(error(lambda: p[1]))  # expect: IndexError: cdata 'struct point *' can only be indexed by 0
print(error(lambda: setattr(p, "x", 2 ** 31)))  # expect: OverflowError: integer 2147483648 does not fit 'int'
