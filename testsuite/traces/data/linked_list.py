"""A list of structs is walked."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct rec { int i; short s; unsigned char b; double d; float f; unsigned long u; long l; _Bool t; struct rec *next; int a[4]; struct { double x, y; } p; };""")
C = ffi.dlopen(None)


def make(n):
    nodes = [ffi.new('struct rec *') for _ in range(n)]
    for k in range(n - 1):
        nodes[k].next = nodes[k + 1]
        nodes[k].i = k
    return nodes


def f(n):
    nodes = make(n)
    p = nodes[0]
    s = 0
    while p:  # jit: no-call; no-alloc; no-box; native<=24
        s += p.i
        p = p.next
    return s


print(f(1000))  # expect: 498501
