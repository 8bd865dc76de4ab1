"""ffi.errno is saved after each call."""
import errno
from cffi import FFI
ffi = FFI()
ffi.cdef("int close(int fd); int abs(int); long strtol(const char *, char **, int); double sqrt(double);")
C = ffi.dlopen(None)
ffi.errno = 0
print(C.close(-1), ffi.errno == errno.EBADF)  # expect: -1 True
print(ffi.errno == errno.EBADF)  # expect: True
ffi.errno = 17
C.abs(-1)
print(ffi.errno)  # expect: 17
ffi.errno = 0
C.strtol(b"9" * 50, ffi.NULL, 10)
print(ffi.errno == errno.ERANGE)  # expect: True
ffi.errno = -5
print(ffi.errno)  # expect: -5
for bad in "x", 1.5, 2 ** 40:
    try:
        ffi.errno = bad
    except (TypeError, OverflowError) as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: OverflowError
other = FFI()
ffi.errno = 99
print(other.errno)  # expect: 99
