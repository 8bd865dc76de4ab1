"""dlopen, dlclose, missing libraries and symbols."""
from cffi import FFI
ffi = FFI()
ffi.cdef("int abs(int); int no_such_function_xyz(int); double cos(double);")
lib = ffi.dlopen(None)
print(lib.abs(-3), "abs" in dir(lib), "cos" in dir(lib))  # expect: 3 True True
try:
    lib.no_such_function_xyz
except AttributeError as error:
    print("no_such_function_xyz" in str(error))  # expect: True
try:
    lib.never_declared
except AttributeError as error:
    print(error)  # expect: never_declared
try:
    ffi.dlopen("libdoes_not_exist_xyz.so")
except OSError as error:
    print("libdoes_not_exist_xyz" in str(error))  # expect: True
m = ffi.dlopen("libm.so.6", ffi.RTLD_NOW | ffi.RTLD_GLOBAL)
print(m.cos(0))  # expect: 1.0
m2 = ffi.dlopen("libm.so.6")
ffi.dlclose(m2)
try:
    m2.cos
except Exception as error:
    print(type(error).__name__)  # expect: ValueError
f = m.cos
print(f(0.0), m.cos is f, lib is not m)  # expect: 1.0 True True
ffi.cdef("long labs(long);")
print(lib.labs(-7), hasattr(lib, "labs"), hasattr(lib, "llabs"))  # expect: 7 True False
for bad in 5.5, []:
    try:
        ffi.dlopen(bad)
    except TypeError as error:
        print("TypeError")
# expect: TypeError
# expect: TypeError
