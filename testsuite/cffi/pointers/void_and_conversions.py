"""void pointers convert implicitly; other pointers do not."""
from cffi import FFI
ffi = FFI()
ffi.cdef("void *memset(void *s, int c, size_t n); void *memchr(const void *s, int c, size_t n);")
C = ffi.dlopen(None)
a = ffi.new("int[3]", [1, 2, 3])
v = ffi.cast("void *", a)
p = ffi.new("int **")
p[0] = ffi.cast("int *", v)
print(p[0][2], v == a, ffi.typeof(v))  # expect: 3 True <ctype 'void *'>
q = ffi.new("void **", a)
print(q[0] == a)  # expect: True
try:
    p[0] = ffi.new("short *")
except TypeError as error:
    print(error)  # expect: initializer for ctype 'int *' must be a pointer to same type, not cdata 'short *'
c = ffi.new("char **")
c[0] = ffi.cast("char *", a)
try:
    c[0] = ffi.cast("unsigned char *", a)
    print("unsigned char * accepted")  # expect: unsigned char * accepted
except TypeError as error:
    print(error)
try:
    c[0] = v
    print("void * accepted")  # expect: void * accepted
except TypeError as error:
    print(error)
C.memset(a, 0, 4)
print(list(a))  # expect: [0, 2, 3]
C.memset(a + 1, 0xff, 4)
print(list(a))  # expect: [0, -1, 3]
r = C.memchr(b"hello", ord("l"), 5)
print(r != ffi.NULL, ffi.typeof(r), C.memchr(b"hello", ord("z"), 5) == ffi.NULL)  # expect: True <ctype 'void *'> True
pp = ffi.new("int *[2]", [a, a + 1])
print(pp[0][2], pp[1][1], ffi.typeof(pp[0]))  # expect: 3 3 <ctype 'int *'>
ppp = ffi.new("int ***", ffi.cast("int **", pp))
print(ppp[0][1][0], ffi.typeof(ppp))  # expect: -1 <ctype 'int * * *'>
self_pointer = ffi.new("void **")
self_pointer[0] = self_pointer
print(ffi.cast("void **", self_pointer[0])[0] == self_pointer)  # expect: True
