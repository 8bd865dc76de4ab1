"""A small C library compiled by the program."""
import os, subprocess, tempfile
from cffi import FFI
root = tempfile.mkdtemp()
with open(f"{root}/m.c", "w") as f:
    f.write("""
#include <stdint.h>
#include <stdarg.h>
int8_t i8(int8_t x) { return x + 1; }
uint8_t u8(uint8_t x) { return x + 1; }
int16_t i16(int16_t x) { return x - 1; }
uint32_t u32(uint32_t x) { return ~x; }
int64_t i64(int64_t x) { return -x; }
uint64_t u64(uint64_t x) { return x * 2; }
float ff(float a, double b, int c) { return a + b * c; }
_Bool not(_Bool b) { return !b; }
char next(char c) { return c + 1; }
long double half(long double x) { return x / 2; }
int ten(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) { return a - b + c - d + e - f + g - h + i - j; }
double eight(double a, float b, double c, float d, int e, double f, long g, double h, double i, double j) { return a + b + c + d + e + f + g + h + i * j; }
void out(int *a, double *b, const char **c) { *a = 5; *b = 2.5; *c = "static text"; }
int sum(int n, ...) { va_list l; va_start(l, n); int s = 0; while (n--) s += va_arg(l, int); va_end(l); return s; }
void fill(int *a, int n, int v) { for (int i = 0; i < n; i++) a[i] = v + i; }
unsigned fib(unsigned n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
""")
subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", f"{root}/m.so", f"{root}/m.c"], check=True)
ffi = FFI()
ffi.cdef("""
int8_t i8(int8_t); uint8_t u8(uint8_t); int16_t i16(int16_t); uint32_t u32(uint32_t); int64_t i64(int64_t); uint64_t u64(uint64_t);
float ff(float, double, int); _Bool not(_Bool); char next(char); long double half(long double);
int ten(int, int, int, int, int, int, int, int, int, int);
double eight(double, float, double, float, int, double, long, double, double, double);
void out(int *, double *, const char **); int sum(int n, ...); void fill(int *, int, int); unsigned fib(unsigned);
""")
lib = ffi.dlopen(f"{root}/m.so")
print(lib.i8(127), lib.i8(-128), lib.u8(255), lib.i16(-32768), lib.u32(0), lib.i64(-2 ** 63 + 1), lib.u64(2 ** 63))
# expect: -128 -127 0 32767 4294967295 9223372036854775807 0
print(lib.ff(0.5, 0.25, 3), getattr(lib, "not")(True), getattr(lib, "not")(0), lib.next(b"a"), lib.next(b"\xff"), float(lib.half(3)), float(lib.half(lib.half(10))))
# expect: 1.25 False True b'b' b'\x00' 1.5 2.5
print(lib.ten(*range(10)), lib.ten(*range(10, 0, -1)), lib.eight(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))  # expect: -5 5 126.0
a, b, c = ffi.new("int *"), ffi.new("double *"), ffi.new("char **")
print(lib.out(a, b, c), a[0], b[0], ffi.string(c[0]))  # expect: None 5 2.5 b'static text'
print(lib.sum(3, ffi.cast("int", 1), ffi.cast("int", 2), ffi.cast("int", 3)), lib.sum(0))  # expect: 6 0
arr = ffi.new("int[5]")
lib.fill(arr, 3, 10)
lib.fill(arr + 3, 2, -1)
print(list(arr), [lib.fib(i) for i in range(12)])  # expect: [10, 11, 12, -1, 0] [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
for bad in lambda: lib.i8(128), lambda: lib.u8(-1), lambda: lib.u32(2 ** 32), lambda: lib.u64(-1), lambda: lib.next(5), lambda: lib.next("a"), lambda: getattr(lib, "not")(2), lambda: lib.fill([1], 1, 1) or print("list converted"):
    try:
        bad()
    except (OverflowError, TypeError) as error:
        print(type(error).__name__, error)
# expect: OverflowError integer 128 does not fit 'int8_t'
# expect: OverflowError can't convert negative number to unsigned
# expect: OverflowError integer 4294967296 does not fit 'uint32_t'
# expect: OverflowError can't convert negative number to unsigned
# expect: TypeError initializer for ctype 'char' must be a bytes of length 1, not int
# expect: TypeError initializer for ctype 'char' must be a bytes of length 1, not str
# expect: OverflowError integer 2 does not fit '_Bool'
# expect: list converted
