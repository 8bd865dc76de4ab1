"""Doubles of a slice, and of an array that ends in the middle of a compiled loop."""
from cffi import FFI

ffi = FFI()


def total(v):
    s = 0.0
    for x in v:  # jit: no-call; no-alloc; no-box
        s += x
    return s


v = ffi.new("double[]", [0.5] * 1000)
print(total(v), total(v[10:20]), total(v[5:5]), total(v))  # expect: 500.0 5.0 0.0 500.0
