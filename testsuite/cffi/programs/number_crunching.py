"""Loops which call C many times."""
from cffi import FFI
ffi = FFI()
ffi.cdef("int abs(int); double sqrt(double); double fabs(double); long labs(long);")
C, m = ffi.dlopen(None), ffi.dlopen("libm.so.6")
s = 0
for i in range(-20000, 20000): s += C.abs(i)
print(s)  # expect: 400000000
total = 0.0
for i in range(10000): total += m.sqrt(i)
print(round(total, 6))  # expect: 666616.459197
a = ffi.new("int[]", 5000)
for i in range(5000): a[i] = (i * 7919) % 5003
largest, position = a[0], 0
for i in range(5000):
    if a[i] > largest: largest, position = a[i], i
print(largest, position)  # expect: 5002 863
sieve = ffi.new("unsigned char[]", 20000)
count = 0
for i in range(2, 20000):
    if not sieve[i]:
        count += 1
        for j in range(i * i, 20000, i): sieve[j] = 1
print(count)  # expect: 2262
x = 0
for i in range(3000):
    x = C.labs(x - 2 ** 40 * (i % 3)) % 10 ** 12
print(x)  # expect: 511627776000
p = ffi.new("double *")
for i in range(1, 5001): p[0] += m.fabs(-1.0 / i)
print(round(p[0], 9))  # expect: 9.094508853
try:
    for i in range(2 ** 31 - 3, 2 ** 31 + 3): last = C.abs(i)
except OverflowError as error:
    print(last, error)  # expect: 2147483647 integer 2147483648 does not fit 'int'
mixed = 0
for v in [1, 2.0, True, 3.5] * 500:
    mixed += m.fabs(v)
print(mixed)  # expect: 3750.0
