"""C data of all kinds in hot loops: the results are those of the interpreter."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
struct point { double x, y; };
struct rec { int i; short s; unsigned char b; double d; float f; unsigned long u; long l; struct point p; int a[4]; struct rec *next; _Bool t; };
int abs(int); size_t strlen(const char *); void *memset(void *, int, size_t); long labs(long); double sqrt(double); int snprintf(char *, size_t, const char *, ...);
int toupper(int); void *malloc(size_t); void free(void*); char *getenv(const char*);
""")
C = ffi.dlopen(None)


def fields(n):
    r = ffi.new("struct rec *")
    for i in range(n):
        r.i = r.i + 1
        r.s = i & 0x7fff
        r.b = i & 255
        r.d = r.d + 0.5
        r.f = i
        r.u = i
        r.l = -i
        r.p.x = r.p.x + 1
        r.p.y = i
        r.a[i & 3] = i
        r.t = i & 1
    return r.i, r.s, r.b, r.d, r.f, r.u, r.l, r.p.x, r.p.y, list(r.a), r.t


print(fields(3000))  # expect: (3000, 2999, 183, 1500.0, 2999.0, 2999, -2999, 3000.0, 2999.0, [2996, 2997, 2998, 2999], True)


def arrays(n):
    v = ffi.new("int[16]")
    for i in range(n):
        k = i & 15
        v[k] = v[k] + i
    return list(v)


print(arrays(5000))  # expect: [781248, 781561, 781874, 782187, 782500, 782813, 783126, 783439, 778752, 779064, 779376, 779688, 780000, 780312, 780624, 780936]


def ptrs(n):
    v = ffi.new("long[100]", list(range(100)))
    p = ffi.cast("long *", v)
    s = 0
    for i in range(n):
        q = p + (i % 100)
        s += q[0]
        s += (q - 0)[0]
    return s


print(ptrs(5000))  # expect: 495000


def new(n):
    a = 0
    for i in range(n):
        p = ffi.new("struct point *")
        p.x = i
        p.y = p.x * 2
        a += int(p.x) + int(p.y)
    return a, p.x, p.y


print(new(3000))  # expect: (13495500, 2999.0, 5998.0)
keep = []


def new_kept(n):
    for i in range(n):
        p = ffi.new("struct point *")
        p.x = i
        if i % 500 == 3:
            keep.append(p)
    return [(q.x, q.y, ffi.sizeof(q[0])) for q in keep], repr(keep[0])[:30]


print(new_kept(3000))  # expect: ([(3.0, 0.0, 16), (503.0, 0.0, 16), (1003.0, 0.0, 16), (1503.0, 0.0, 16), (2003.0, 0.0, 16), (2503.0, 0.0, 16)], "<cdata 'struct point *' owning")


def new_int(n):
    a = 0
    for i in range(n):
        p = ffi.new("int *", i)
        p[0] += 1
        a += p[0]
    return a, p[0]


print(new_int(3000))  # expect: (4501500, 3000)


def casts(n):
    a = 0
    f = 0.0
    for i in range(n):
        c = ffi.cast("short", i * 1000)
        a += int(c)
        d = ffi.cast("double", i)
        f += float(d)
        u = ffi.cast("unsigned char", i)
        a += int(u)
    return a, f, int(c), repr(c), repr(d), repr(u)


print(casts(3000))  # expect: (419300, 4498500.0, -15656, "<cdata 'short' -15656>", "<cdata 'double' 2999.0>", "<cdata 'unsigned char' 183>")


def strs(n):
    b = ffi.new("char[]", b"hello haft")
    s = 0
    for i in range(n):
        s += C.strlen(b) + C.strlen(b"abc")
    return s


print(strs(3000))  # expect: 39000


def dbl(n):
    a = 0.0
    for i in range(n):
        a += C.sqrt(i)
    return a


print(dbl(3000))  # expect: 109516.91824765874


def lab(n):
    a = 0
    for i in range(n):
        a += C.labs(-i)
    return a


print(lab(3000))  # expect: 4498500


def linked(n):
    nodes = [ffi.new("struct rec *") for _ in range(10)]
    for k in range(9):
        nodes[k].next = nodes[k + 1]
        nodes[k].i = k
    nodes[9].i = 9
    s = 0
    for i in range(n):
        p = nodes[0]
        while p != ffi.NULL:
            s += p.i
            p = p.next
    return s


print(linked(300))  # expect: 13500


def var(n):
    buf = ffi.new("char[64]")
    t = 0
    for i in range(n):
        t += C.snprintf(buf, 64, b"%d-%d", ffi.cast("int", i), ffi.cast("int", 7))
    return t, ffi.string(buf)


print(var(2000))  # expect: (10890, b'1999-7')


def sizes(n):
    s = 0
    for i in range(n):
        s += ffi.sizeof("struct rec")
    return s


print(sizes(1000))  # expect: 88000


def errs(n):
    r = ffi.new("struct rec *")
    a = ffi.new("int[4]")
    bad = 0
    for i in range(n):
        try:
            a[i % 5] = i
        except IndexError as e:
            bad += 1
        try:
            r.s = i * 100
        except OverflowError:
            bad += 1
        try:
            r.nope
        except AttributeError:
            bad += 1
    return bad, list(a), r.s


print(errs(1000))  # expect: (1872, [995, 996, 997, 998], 32700)


def u64(n):
    v = ffi.new("unsigned long[2]")
    t = 0
    for i in range(n):
        v[0] = 2**63 + i
        t ^= v[0]
        v[1] = v[0] - 5
        t ^= v[1]
    return t, v[0]


print(u64(1000))  # expect: (18446744073709550616, 9223372036854776807)


def mem(n):
    s = 0
    for i in range(n):
        p = C.malloc(16)
        q = ffi.cast("int *", p)
        q[0] = i
        q[1] = 2
        s += q[0] * q[1]
        C.free(p)
    return s


print(mem(2000))  # expect: 3998000


def slices(n):
    v = ffi.new("int[16]", list(range(16)))
    s = 0
    for i in range(n):
        w = v[2:6]
        s += w[1] + len(w)
    return s


print(slices(500))  # expect: 3500


def fnptr(n):
    f = ffi.new("int(*[2])(int)")
    f[0] = ffi.cast("int(*)(int)", ffi.addressof(C, "abs"))
    f[1] = ffi.cast("int(*)(int)", ffi.addressof(C, "toupper"))
    s = 0
    for i in range(n):
        s += f[i & 1](97 + i % 20)
    return s


print(fnptr(1000))  # expect: 90500
