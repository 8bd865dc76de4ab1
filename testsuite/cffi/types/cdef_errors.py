"""Declarations which are refused."""
from cffi import FFI, CDefError, FFIError
def try_cdef(*sources, **kw):
    ffi = FFI()
    try:
        for s in sources:
            ffi.cdef(s, **kw)
        print("accepted")
    except Exception as error:
        print(type(error).__name__)
try_cdef("int f(int")  # expect: CDefError
try_cdef("int f(int);", "int f(long);")  # expect: FFIError
try_cdef("struct s { int x; };", "struct s { int y; };")  # expect: CDefError
try_cdef("struct s { int x; };", "struct s { int x; };")  # expect: CDefError
try_cdef("struct s;", "struct s { int x; };")  # expect: accepted
try_cdef("typedef int a;", "typedef int a;")  # expect: accepted
try_cdef("typedef int a;", "typedef long a;")  # expect: FFIError
try_cdef("#define A 5", "#define A 5")  # expect: accepted
try_cdef("#define A 5", "#define A 6")  # expect: FFIError
try_cdef("enum e { A, B };", "enum e2 { A };")  # expect: accepted
try_cdef("unknown_t f(void);")  # expect: CDefError
try_cdef("int f(int) { return 1; }")  # expect: CDefError
try_cdef("@nonsense")  # expect: CDefError
try_cdef("")  # expect: accepted
try_cdef("int x[3]; int x[4];")  # expect: FFIError
try_cdef("struct s { int x; };", "struct s { int x; };", override=True)  # expect: CDefError
try_cdef("struct s { int x, y; int x; };")  # expect: accepted
try_cdef("struct s { struct unknown inner; };")  # expect: accepted
try_cdef("/* comment */ int f(void); // another\n")  # expect: accepted
try_cdef("int f(void), g(int);")  # expect: accepted
try_cdef("typedef struct s *ptr; ptr make(void);")  # expect: accepted
print(issubclass(CDefError, Exception), issubclass(FFIError, Exception))  # expect: True True
