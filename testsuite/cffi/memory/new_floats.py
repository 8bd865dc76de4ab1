"""float, double and long double cells."""
from cffi import FFI
ffi = FFI()
f, d, l = ffi.new("float *", 0.1), ffi.new("double *", 0.1), ffi.new("long double *", 0.1)
print(f[0], d[0], float(l[0]), type(d[0]).__name__, ffi.typeof(l[0]))  # expect: 0.10000000149011612 0.1 0.1 float <ctype 'long double'>
f[0], d[0] = 1e40, 1e400
print(f[0], d[0])  # expect: inf inf
f[0] = 5
d[0] = 2 ** 60
print(f[0], d[0], d[0] == 2 ** 60)  # expect: 5.0 1.152921504606847e+18 True
l[0] = 3
print(float(l[0]), int(l[0]), float(l[0]) == 3)  # expect: 3.0 3 True
print(repr(ffi.cast("float", 0.1)), repr(ffi.cast("double", 0.1)), float(ffi.cast("float", 0.1)), ffi.cast("double", 3))
# expect: <cdata 'float' 0.10000000149011612> <cdata 'double' 0.1> 0.10000000149011612 <cdata 'double' 3.0>
for bad in "1.5", None, [], b"x", 1j:
    try:
        d[0] = bad
    except TypeError as error:
        print(error)
# expect: must be real number, not str
# expect: must be real number, not NoneType
# expect: must be real number, not list
# expect: must be real number, not bytes
# expect: must be real number, not complex
a = ffi.new("float[3]", [1, 2.5, 1 / 3])
print(list(a), a[1] * 2)  # expect: [1.0, 2.5, 0.3333333432674408] 5.0
ld = ffi.new("long double[2]", [1.5, 2.5])
print([float(x) for x in ld], float(ffi.cast("long double", 7)))  # expect: [1.5, 2.5] 7.0
print(int(ffi.cast("double", 7.9)), bool(ffi.cast("double", 0.0)), bool(ffi.cast("float", 1e-50)), float(ffi.cast("float", 16777217)))
# expect: 7 False False 16777216.0
