"""Items of type bool."""
from cffi import FFI

ffi = FFI()


def f(n):
    v = ffi.new("_Bool[8]", [1, 0, 1, 0, 1, 1, 0, 0])
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; box<=1; native<=26
        if v[i & 7]:
            s += 1
    return s


print(f(3000))  # expect: 1500
