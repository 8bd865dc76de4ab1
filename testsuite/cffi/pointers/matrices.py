"""Matrices in C memory: row pointers and flat arrays."""
from cffi import FFI
ffi = FFI()
n = 4
flat = ffi.new("double[]", n * n)
rows = ffi.new("double *[]", [flat + i * n for i in range(n)])
for i in range(n):
    for j in range(n):
        rows[i][j] = i * 10 + j
print(flat[5], rows[3][3], list(flat[4:8]))  # expect: 11.0 33.0 [10.0, 11.0, 12.0, 13.0]
m = ffi.new("double[4][4]")
ffi.memmove(m, flat, ffi.sizeof(flat))
print(m[2][1], sum(m[i][i] for i in range(n)), [list(r)[:2] for r in m])  # expect: 21.0 66.0 [[0.0, 1.0], [10.0, 11.0], [20.0, 21.0], [30.0, 31.0]]
def multiply(a, b, n):
    c = ffi.new("double[4][4]")
    for i in range(n):
        for j in range(n):
            c[i][j] = sum(a[i][k] * b[k][j] for k in range(n))
    return c
identity = ffi.new("double[4][4]", [[float(i == j) for j in range(n)] for i in range(n)])
p = multiply(m, identity, n)
print(bytes(ffi.buffer(p)) == bytes(ffi.buffer(m)), ffi.typeof(m[0]), ffi.typeof(m))  # expect: True <ctype 'double[4]'> <ctype 'double[4][4]'>
m[0] = [9, 9, 9, 9]
print(list(m[0]), list(m[1]))  # expect: [9.0, 9.0, 9.0, 9.0] [10.0, 11.0, 12.0, 13.0]
m[1] = m[0]
print(list(m[1]))  # expect: [9.0, 9.0, 9.0, 9.0]
cube = ffi.new("int[2][2][2]", [[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
print(cube[1][0][1], list(ffi.cast("int *", cube)[0:8]), ffi.sizeof(cube[0]), len(cube[0][0]))  # expect: 6 [1, 2, 3, 4, 5, 6, 7, 8] 16 2
total = 0
arr = ffi.new("long[]", 1000)
for i in range(1000): arr[i] = i * i
for x in arr: total += x
print(total, arr[999])  # expect: 332833500 998001
for i in range(1000): arr[i] += 1
print(sum(arr) - total)  # expect: 1000
