"""Global variables and constants of a compiled library."""
import os, subprocess, tempfile
from cffi import FFI
root = tempfile.mkdtemp()
with open(os.path.join(root, "v.c"), "w") as f:
    f.write("""
int counter = 5;
const int fixed = 77;
double ratio = 0.5;
const char *name = "library";
int table[4] = {10, 20, 30, 40};
struct point { int x, y; } origin = {1, 2};
unsigned char flags = 255;
int get_counter(void) { return counter; }
int *where(void) { return &counter; }
int (*operation)(int) = 0;
int twice(int x) { return 2 * x; }
""")
subprocess.run(["cc", "-shared", "-fPIC", "-o", f"{root}/v.so", f"{root}/v.c"], check=True)
ffi = FFI()
ffi.cdef("""
extern int counter; extern int fixed; double ratio; const char *name; int table[4];
struct point { int x, y; }; struct point origin; unsigned char flags;
int get_counter(void); int *where(void); int (*operation)(int); int twice(int);
static const int DECLARED = 12;
#define MACRO 0x1f
enum { FIRST, SECOND = 10, THIRD };
""")
lib = ffi.dlopen(f"{root}/v.so")
print(lib.counter, lib.fixed, lib.ratio, ffi.string(lib.name), list(lib.table), lib.origin.x, lib.origin.y, lib.flags)
# expect: 5 77 0.5 b'library' [10, 20, 30, 40] 1 2 255
lib.counter = 100
lib.ratio = 2.25
lib.flags = 7
print(lib.get_counter(), lib.ratio, lib.flags, lib.where()[0])  # expect: 100 2.25 7 100
lib.where()[0] += 1
print(lib.counter)  # expect: 101
lib.table[1] = 99
lib.origin.y = 8
print(list(lib.table), lib.origin.y)  # expect: [10, 99, 30, 40] 8
lib.operation = ffi.addressof(lib, "twice")
print(lib.operation(21), ffi.addressof(lib, "counter")[0], ffi.typeof(ffi.addressof(lib, "counter")))  # expect: 42 101 <ctype 'int *'>
print(lib.DECLARED, lib.MACRO, lib.FIRST, lib.SECOND, lib.THIRD)  # expect: 12 31 0 10 11
for action in lambda: setattr(lib, "counter", "x"), lambda: setattr(lib, "flags", 256), lambda: setattr(lib, "undefined", 1):
    try:
        action()
    except Exception as error:
        print(type(error).__name__)
# expect: TypeError
# expect: OverflowError
# expect: AttributeError
