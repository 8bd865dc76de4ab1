"""Odd spellings of types in typeof."""
from cffi import FFI
ffi = FFI()
for t in "long long unsigned int", "unsigned", "signed", "short int", "long signed long", "char const *", "const int *const *", "int ( * ) ( void )", "int(*)()", "int(int)", "int (*[3])(char)", "int *(*)(int *)", "char*[4]", "char(*)[4]", "int[2][3]", "int(*)[2][3]", "unsigned   char", "int64_t", "uintptr_t", "ssize_t", "void (*)(void (*)(int))", "volatile int", "struct undeclared *":
    try:
        print(t, "=>", ffi.typeof(t).cname)
    except Exception as error:
        print(t, "=>", type(error).__name__)
# expect: long long unsigned int => unsigned long long
# expect: unsigned => unsigned int
# expect: signed => int
# expect: short int => short
# expect: long signed long => long long
# expect: char const * => char *
# expect: const int *const * => int * *
# expect: int ( * ) ( void ) => int(*)()
# expect: int(*)() => int(*)()
# expect: int(int) => CDefError
# expect: int (*[3])(char) => int(*[3])(char)
# expect: int *(*)(int *) => int *(*)(int *)
# expect: char*[4] => char *[4]
# expect: char(*)[4] => char(*)[4]
# expect: int[2][3] => int[2][3]
# expect: int(*)[2][3] => int(*)[2][3]
# expect: unsigned   char => unsigned char
# expect: int64_t => int64_t
# expect: uintptr_t => uintptr_t
# expect: ssize_t => ssize_t
# expect: void (*)(void (*)(int)) => void(*)(void(*)(int))
# expect: volatile int => int
# expect: struct undeclared * => struct undeclared *
ffi.cdef("typedef int T; typedef T U[4]; typedef U *V;")
print(ffi.typeof("T"), ffi.typeof("U"), ffi.typeof("V"), ffi.typeof("U*") is ffi.typeof("V"), ffi.typeof("T(*)(U)"))
# expect: <ctype 'int'> <ctype 'int[4]'> <ctype 'int(*)[4]'> True <ctype 'int(*)(int *)'>
