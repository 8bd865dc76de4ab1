"""Anonymous structs and unions inside structs."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
struct variant {
    int kind;
    union {
        int i;
        float f;
        struct { short lo, hi; };
    };
    struct { int named_x; } named;
    struct { char c; } list[2];
};
""")
v = ffi.new("struct variant *")
v.i = 0x00020001
print(v.lo, v.hi, v.kind, ffi.sizeof("struct variant"), ffi.offsetof("struct variant", "hi"), ffi.offsetof("struct variant", "named"))
# expect: 1 2 0 16 6 8
v.f = 1.0
print(hex(v.i), hex(v.hi))  # expect: 0x3f800000 0x3f80
v.named.named_x = 5
v.list[1].c = b"z"
print(v.named.named_x, v.list[1].c, v.list[0].c)  # expect: 5 b'z' b'\x00'
w = ffi.new("struct variant *", {"kind": 2, "hi": 9})
print(w.kind, w.hi, w.lo, w.i)  # expect: 2 9 0 589824
x = ffi.new("struct variant *", [1, 7])
print(x.kind, x.i)  # expect: 1 7
print([n for n, f in ffi.typeof("struct variant").fields])  # expect: ['kind', 'i', 'f', 'lo', 'hi', 'named', 'list']
print(sorted(n for n in dir(v) if not n.startswith("_")))  # expect: ['f', 'hi', 'i', 'kind', 'list', 'lo', 'named']
