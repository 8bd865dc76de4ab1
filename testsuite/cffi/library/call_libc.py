"""Calling libc functions in ABI mode."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
    int abs(int);
    long labs(long);
    size_t strlen(const char *);
    int toupper(int c);
    int atoi(const char *s);
    long strtol(const char *, char **, int);
    double atof(const char *);
    int isdigit(int);
""")
C = ffi.dlopen(None)
print(C.abs(-5), C.labs(-2 ** 40), C.strlen(b"hello"), chr(C.toupper(ord("a"))), C.atoi(b"  42xyz"), C.atof(b"2.5e3"))
# expect: 5 1099511627776 5 A 42 2500.0
end = ffi.new("char **")
text = ffi.new("char[]", b"0x1fz")
print(C.strtol(text, end, 16), ffi.string(end[0]), end[0] - text)  # expect: 31 b'z' 4
print(bool(C.isdigit(ord("7"))), C.isdigit(ord("x")))  # expect: True 0
print(C.abs(True), C.strlen(b""), C.strlen(b"a\0b"), "skipped NULL")  # expect: 1 0 1 skipped NULL
print(C.abs is C.abs, type(C.abs(1)).__name__, type(C.atof(b"1")).__name__)  # expect: True int float
def error(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: C.abs()))  # expect: TypeError: 'int(*)(int)' expects 1 arguments, got 0
print(error(lambda: C.abs(1, 2)))  # expect: TypeError: 'int(*)(int)' expects 1 arguments, got 2
print(error(lambda: C.abs("1")))  # expect: TypeError: an integer is required
print(error(lambda: C.abs(1.5)))  # expect: TypeError: an integer is required
print(error(lambda: C.abs(2 ** 31)))  # expect: OverflowError: integer 2147483648 does not fit 'int'
print(error(lambda: C.abs(-2 ** 31 - 1)))  # expect: OverflowError: integer -2147483649 does not fit 'int'
print(error(lambda: C.strlen("text")))  # expect: TypeError: initializer for ctype 'char *' must be a bytes or list or tuple, not str
print(error(lambda: C.strlen(5)))  # expect: TypeError: initializer for ctype 'char *' must be a cdata pointer, not int
print(error(lambda: C.abs(None)))  # expect: TypeError: an integer is required
print(error(lambda: C.abs(x=1)))  # expect: TypeError: a cdata function cannot be called with keyword arguments
