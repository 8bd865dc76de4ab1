"""ffi.include shares declarations."""
from cffi import FFI
base = FFI()
base.cdef("typedef int number; struct shared { number n; }; enum e { E1 = 5 }; int abs(int); #define X 5".replace("#define", "\n#define"))
child = FFI()
child.include(base)
child.cdef("struct user { struct shared s; number k; }; long labs(long);")
u = child.new("struct user *", [[1], 2])
print(u.s.n, u.k, child.typeof("struct shared") is base.typeof("struct shared"), child.sizeof("struct user"))  # expect: 1 2 True 8
s = base.new("struct shared *", [7])
u.s = s[0]
print(u.s.n)  # expect: 7
C = child.dlopen(None)
print(hasattr(C, "abs"), C.labs(-6), base.dlopen(None).abs(-5), C.E1, C.X)  # expect: False 6 5 5 5
try:
    base.typeof("struct user")
except Exception as error:
    print(type(error).__name__)
third = FFI()
third.include(child)
print(third.sizeof("struct user"), third.list_types(), hasattr(third.dlopen(None), "labs"))  # expect: 8 (['number'], ['shared', 'user'], []) False
for bad in 5, None:
    try:
        FFI().include(bad)
    except TypeError as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
