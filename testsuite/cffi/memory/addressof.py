"""ffi.addressof."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct in { short a, b; }; struct s { int x; struct in i; int arr[3]; }; int abs(int);")
s = ffi.new("struct s *", [1, [2, 3], [4, 5, 6]])
print(ffi.addressof(s[0]) == s, ffi.typeof(ffi.addressof(s[0])), ffi.addressof(s[0], "x")[0], ffi.typeof(ffi.addressof(s[0], "x")))
# expect: True <ctype 'struct s *'> 1 <ctype 'int *'>
p = ffi.addressof(s, "i", "b")
p[0] = 30
print(s.i.b, ffi.typeof(p), ffi.addressof(s, "arr", 1)[0], ffi.typeof(ffi.addressof(s, "arr")), ffi.addressof(s.i).a)
# expect: 30 <ctype 'short *'> 5 <ctype 'int(*)[3]'> 2
q = ffi.addressof(s, "arr", 2)
print(ffi.cast("char *", q) - ffi.cast("char *", s), ffi.offsetof("struct s", "arr", 2))  # expect: 16 16
a = ffi.new("int[4]", [0, 1, 2, 3])
print(ffi.addressof(a, 2)[0], ffi.typeof(ffi.addressof(a, 0)))  # expect: 2 <ctype 'int *'>
st = ffi.new("struct in[2]", [[1, 2], [3, 4]])
print(ffi.addressof(st[1]).a, ffi.addressof(st, 1).b, ffi.addressof(st, 1, "b")[0])  # expect: 3 4 4
C = ffi.dlopen(None)
f = ffi.addressof(C, "abs")
print(f(-3), ffi.typeof(f))  # expect: 3 <ctype 'int(*)(int)'>
def error(*args):
    try:
        return ffi.addressof(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(5))  # expect: TypeError: expected a 'cdata' object
print(error(ffi.cast("int", 5)))  # expect: TypeError: expected a cdata struct/union/array/pointer object
print(error(s, "zz"))  # expect: KeyError: 'zz'
print(error(s[0], "x", "y"))  # expect: TypeError: with a field name argument, expected a struct or union ctype
print(error(ffi.new("int *")))  # expect: TypeError: addressof(pointer)
print(error(s))  # expect: TypeError: addressof(pointer)
