"""ffi.list_types."""
from cffi import FFI
ffi = FFI()
print(ffi.list_types())  # expect: ([], [], [])
ffi.cdef("typedef int myint; struct s1 { int x; }; union u1 { int y; }; typedef struct { int z; } anon; struct s0; typedef struct s1 alias; enum e { Q };")
print(ffi.list_types())  # expect: (['alias', 'anon', 'myint'], ['s0', 's1'], ['u1'])
ffi.cdef("typedef long abc_t; union u0;")
t, s, u = ffi.list_types()
print(t, s, u)  # expect: ['abc_t', 'alias', 'anon', 'myint'] ['s0', 's1'] ['u0', 'u1']
