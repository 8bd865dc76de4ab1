"""A struct that C returns in registers, in loops beside calls of compiled functions, exceptions and generators."""
import gc
from cffi import FFI

ffi = FFI()
ffi.cdef("typedef struct { long quot, rem; } ldiv_t; ldiv_t ldiv(long n, long d);")
libc = ffi.dlopen(None)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def divides(n):
    total = 0
    for i in range(n):
        result = libc.ldiv(i * 1000003, 1009)
        total += result.quot ^ result.rem
        if i % 7 == 0:
            total += depth(12)
        try:
            if i % 11 == 0:
                raise ValueError(i)
        except ValueError as error:
            total += error.args[0] & 3
        total += sum(k for k in range(i % 5))
    return total


print([divides(400) for k in range(5)][-1], depth(200))  # expect: 79088732 200
gc.collect()
print(divides(3000), len([x for x in (libc.ldiv(k, 7).rem for k in range(500))]))  # expect: 4458396580 500
