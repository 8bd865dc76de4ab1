"""ffi.getctype builds C declarations."""
from cffi import FFI
ffi = FFI()
ffi.cdef("typedef struct { int x; } point; struct tag { int y; }; typedef int (*fn)(int);")
print(ffi.getctype("int"), "|", ffi.getctype("int", "*"), "|", ffi.getctype("int", "name"), "|", ffi.getctype("int", "[5]"))
# expect: int | int * | int name | int[5]
print(ffi.getctype("int[5]", "x"), "|", ffi.getctype("int[5]", "*"), "|", ffi.getctype("int(*)(char)", "f"), "|", ffi.getctype("int(*)(char)", "*"))
# expect: int x[5] | int(*)[5] | int(* f)(char) | int(* *)(char)
print(ffi.getctype("point"), "|", ffi.getctype("point*"), "|", ffi.getctype("struct tag", " *  "), "|", ffi.getctype("fn"))
# expect: point | point * | struct tag * | int(*)(int)
print(ffi.getctype(ffi.typeof("long long")), "|", ffi.getctype("int*[3]"), "|", ffi.getctype("int(*)[3]"), "|", ffi.getctype("int(*)[3]", "q"))
# expect: long long | int *[3] | int(*)[3] | int(* q)[3]
print(ffi.getctype("unsigned long long int"), "|", ffi.getctype("const char *"), "|", ffi.getctype("char const * const"), "|", ffi.getctype("long int"))
# expect: unsigned long long | char * | char * | long
print(ffi.getctype("int **", "[2]"), "|", ffi.getctype("void(*)(void)", "cb[4]"), "|", ffi.getctype("size_t"), "|", ffi.getctype("uint8_t"))
# expect: int * *[2] | void(* cb[4])() | size_t | uint8_t
for bad in "no_such_type", "struct missing *", "int int", "int[", 5:
    try:
        print(ffi.getctype(bad))
    except Exception as error:
        print(type(error).__name__)
# expect: CDefError
# expect: struct missing *
# expect: FFIError
# expect: CDefError
# expect: TypeError
