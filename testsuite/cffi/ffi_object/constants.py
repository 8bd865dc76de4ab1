"""Constants of cdef are read through any library."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
#define A 10
#define B -3
#define C 0xFFul
#define D 017
enum { E, F = E + 5, G = F * 2 - 1, H = (1 << 3) | 1, I = -E, J = 'z', K = sizeof(int) };
static const int L = 99;
""".replace(", K = sizeof(int)", ""))
lib = ffi.dlopen(None)
print(lib.A, lib.B, lib.C, lib.D, lib.E, lib.F, lib.G, lib.H, lib.I, lib.J, lib.L)  # expect: 10 -3 255 15 0 5 9 9 0 122 99
arr = ffi.new("int[10]")
ffi.cdef("struct buf { char data[A]; int rest[F]; };")
print(ffi.sizeof("struct buf"), ffi.typeof("struct buf").fields[0][1].type)  # expect: 32 <ctype 'char[10]'>
for source in "#define M 1.5", "#define N abc", '#define O "text"', "#define P (1)", "#define Q", "#define R ...":
    f = FFI()
    try:
        f.cdef(source)
        print(source, "accepted")
    except Exception as error:
        print(source, type(error).__name__)
# expect: #define M 1.5 CDefError
# expect: #define N abc ValueError
# expect: #define O "text" CDefError
# expect: #define P (1) CDefError
# expect: #define Q CDefError
# expect: #define R ... accepted
print("A" in dir(lib), hasattr(lib, "Z"))  # expect: True False
