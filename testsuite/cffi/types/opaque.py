"""Opaque structs are usable through pointers only."""
from cffi import FFI
ffi = FFI()
ffi.cdef("typedef struct _FILE FILE; FILE *fopen(const char *, const char *); int fputs(const char *, FILE *); int fclose(FILE *); char *fgets(char *, int, FILE *); int feof(FILE *); void rewind(FILE *); struct never; typedef struct hidden *handle;")
import tempfile, os
C = ffi.dlopen(None)
path = os.path.join(tempfile.mkdtemp(), "f.txt").encode()
f = C.fopen(path, b"w+")
print(f != ffi.NULL, ffi.typeof(f), C.fputs(b"line one\nline two\n", f) >= 0)  # expect: True <ctype 'FILE *'> True
C.rewind(f)
buf = ffi.new("char[64]")
while C.fgets(buf, 64, f):
    print(ffi.string(buf))
# expect: b'line one\n'
# expect: b'line two\n'
print(bool(C.feof(f)), C.fclose(f), open(path).read().split("\n"))  # expect: True 0 ['line one', 'line two', '']
print(C.fopen(b"/no/such/file", b"r") == ffi.NULL, ffi.errno)  # expect: True 2
def error(call):
    try:
        return call()
    except Exception as e:
        return type(e).__name__
print(error(lambda: ffi.new("FILE *")), error(lambda: ffi.sizeof("FILE")), error(lambda: f + 1), error(lambda: f._x))
# expect: TypeError ValueError TypeError AttributeError
print(ffi.typeof("handle"), ffi.sizeof("handle"), ffi.new("handle *")[0] == ffi.NULL, ffi.typeof("struct never").fields)
# expect: <ctype 'struct hidden *'> 8 True None
