"""Structs passed and returned by value."""
import os, subprocess, tempfile
from cffi import FFI
root = tempfile.mkdtemp()
source = """
typedef struct { int x, y; } point;
typedef struct { double a, b, c, d; } big;
typedef struct { char c; float f; } mixed;
typedef struct { float x, y; } pairf;
typedef struct { long l; double d; } both;
typedef struct { point p; short s[3]; } nested;
"""
with open(os.path.join(root, "s.c"), "w") as f:
    f.write(source + """
point add(point a, point b) { point r = { a.x + b.x, a.y + b.y }; return r; }
big scale(big v, double k) { v.a *= k; v.b *= k; v.c *= k; v.d *= k; return v; }
mixed flip(mixed m) { m.c += 1; m.f = -m.f; return m; }
pairf swap(pairf p) { pairf r = { p.y, p.x }; return r; }
both twice(both b) { b.l *= 2; b.d *= 2; return b; }
nested shift(nested n, int by) { n.p.x += by; n.s[2] += by; return n; }
int norm(const point *p) { return p->x * p->x + p->y * p->y; }
void move(point *p, int dx) { p->x += dx; }
int many(int a, point p, double d, big b, char c) { return a + p.x + p.y + (int)d + (int)(b.a + b.d) + c; }
""")
subprocess.run(["cc", "-shared", "-fPIC", "-o", f"{root}/s.so", f"{root}/s.c"], check=True)
ffi = FFI()
ffi.cdef(source + """
point add(point, point); big scale(big, double); mixed flip(mixed); pairf swap(pairf); both twice(both);
nested shift(nested, int); int norm(const point *); void move(point *, int); int many(int, point, double, big, char);
""")
lib = ffi.dlopen(f"{root}/s.so")
a = ffi.new("point *", [1, 2])
r = lib.add(a[0], {"x": 10, "y": 20})
print(r.x, r.y, r, ffi.typeof(r))  # expect: 11 22 <cdata 'point' owning 8 bytes> <ctype 'point'>
r = lib.add([1, 1], (2, 3))
print(r.x, r.y)  # expect: 3 4
b = lib.scale([1, 2, 3, 4], 2.5)
print(b.a, b.b, b.c, b.d)  # expect: 2.5 5.0 7.5 10.0
m = lib.flip([b"a", 1.5])
print(m.c, m.f)  # expect: b'b' -1.5
s = lib.swap([1.5, 2.5])
print(s.x, s.y)  # expect: 2.5 1.5
t = lib.twice([2 ** 40, 0.25])
print(t.l, t.d)  # expect: 2199023255552 0.5
n = lib.shift([[1, 2], [3, 4, 5]], 10)
print(n.p.x, n.p.y, list(n.s))  # expect: 11 2 [3, 4, 15]
print(lib.norm(a), lib.norm(ffi.new("point *", (3, 4))))  # expect: 5 25
lib.move(a, 5)
print(a.x, lib.many(1, a[0], 2.9, [10, 0, 0, 20], b"\x05"))  # expect: 6 46
for bad in lambda: lib.add(a, a), lambda: lib.add(1, 2), lambda: lib.norm(a[0]), lambda: lib.add([1, 2, 3], [1]), lambda: lib.add({"z": 1}, [1]):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: KeyError
