"""Messages of conversion errors."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct s { int x; struct s *next; char name[4]; }; struct t { int x; }; int atoi(const char *); void *memcpy(void *, const void *, size_t); double fabs(double); struct s *fake(struct s *);")
C = ffi.dlopen(None)
s, t = ffi.new("struct s *"), ffi.new("struct t *")
def error(f):
    try:
        f()
        return "no error"
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(lambda: setattr(s, "next", t)))
# expect: TypeError: initializer for ctype 'struct s *' must be a pointer to same type, not cdata 'struct t *'
print(error(lambda: setattr(s, "next", 5)))  # expect: TypeError: initializer for ctype 'struct s *' must be a cdata pointer, not int
print(error(lambda: setattr(s, "next", None)))  # expect: TypeError: initializer for ctype 'struct s *' must be a cdata pointer, not NoneType
print(error(lambda: setattr(s, "next", s[0])))
# expect: TypeError: initializer for ctype 'struct s *' must be a pointer or array, not cdata 'struct s'
print(error(lambda: setattr(s, "x", "a")))  # expect: TypeError: an integer is required
print(error(lambda: setattr(s, "name", b"toolong")))  # expect: IndexError: initializer bytes is too long for 'char[4]' (got 7 characters)
print(error(lambda: setattr(s, "name", "str")))  # expect: TypeError: initializer for ctype 'char[4]' must be a bytes or list or tuple, not str
print(error(lambda: setattr(s, "name", 5)))  # expect: TypeError: initializer for ctype 'char[4]' must be a bytes or list or tuple, not int
print(error(lambda: C.atoi(t)))
# expect: TypeError: implicit cast to 'char *' from a different pointer type.(check that the types are as you expect; use an explicit ffi.cast() if they are correct)
print(error(lambda: C.atoi(ffi.new("int *"))))
# expect: TypeError: implicit cast to 'char *' from a different pointer type.(check that the types are as you expect; use an explicit ffi.cast() if they are correct)
print(error(lambda: C.atoi([1])))  # expect: TypeError: initializer for ctype 'char' must be a bytes of length 1, not int
print(error(lambda: C.memcpy(s, 5, 1)))  # expect: TypeError: initializer for ctype 'void *' must be a cdata pointer, not int
print(error(lambda: C.memcpy(s, "x", 1)))  # expect: TypeError: initializer for ctype 'void *' must be a cdata pointer, not str
print(error(lambda: C.memcpy(s, s, -1)))  # expect: OverflowError: can't convert negative number to unsigned
print(error(lambda: C.fabs(s)))  # expect: TypeError: float() not supported on cdata 'struct s *'
print(error(lambda: ffi.new("int *", [1])))  # expect: TypeError: an integer is required
print(error(lambda: ffi.new("int *", s)))  # expect: TypeError: int() not supported on cdata 'struct s *'
print(error(lambda: ffi.new("struct s **", t)))
# expect: TypeError: initializer for ctype 'struct s *' must be a pointer to same type, not cdata 'struct t *'
print(error(lambda: ffi.new("char *", b"")))  # expect: TypeError: initializer for ctype 'char' must be a bytes of length 1, not bytes
print(error(lambda: ffi.new("nope *")).split("\n")[0].split(":")[0])  # expect: CDefError
print(error(lambda: ffi.new(5)).split(":")[0])  # expect: TypeError
print(error(lambda: ffi.cast("int", s)))  # expect: no error
print(error(lambda: ffi.new("int[3]", s)))  # expect: TypeError: initializer for ctype 'int[3]' must be a list or tuple, not cdata 'struct s *'
print(error(lambda: ffi.new("unsigned short *", -1)))  # expect: OverflowError: can't convert negative number to unsigned
print(error(lambda: ffi.new("unsigned long long *", 2 ** 64)))  # expect: OverflowError: int too big to convert
print(error(lambda: ffi.new("long long *", -2 ** 63 - 1)))  # expect: OverflowError: int too big to convert
print(error(lambda: ffi.new("void(*)(void)")).split(":")[0])  # expect: TypeError
