"""Callbacks that C calls so often that they are compiled: all kinds of arguments and results, errors, recursion, errno."""
import sys
import threading

from cffi import FFI

ffi = FFI()
ffi.cdef("""
    void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
    void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
    int close(int);
    struct pair { int a; double b; };
""")
C = ffi.dlopen(None)


@ffi.callback("int(const void *, const void *)")
def order(a, b):
    return ffi.cast("int *", a)[0] - ffi.cast("int *", b)[0]


def sort(n):
    state, v = 12345, ffi.new("int[]", n)
    for i in range(n):
        state = state * 1103515245 + 12345 & 0x7fffffff
        v[i] = state % 100000
    C.qsort(v, n, 4, order)
    key = ffi.new("int *", v[n // 3])
    found = ffi.cast("int *", C.bsearch(key, v, n, 4, order))
    return all(v[i] <= v[i + 1] for i in range(n - 1)), found[0] == key[0]


print(sort(3000))  # expect: (True, True)


def hot(callback, make, n=400):
    last = None
    for i in range(n):
        last = callback(*make(i))
    return last


kinds = [
    ("signed char(signed char)", lambda x: -x - 1, lambda i: [i % 256 - 128]),
    ("unsigned char(unsigned char)", lambda x: 255 - x, lambda i: [i % 256]),
    ("short(short, unsigned short)", lambda x, y: x - y // 4, lambda i: [i - 200, i * 100]),
    ("long long(long long)", lambda x: -x, lambda i: [i << 54]),
    ("unsigned long long(unsigned long long)", lambda x: x + 1, lambda i: [(1 << 64) - 500 + i]),
    ("_Bool(_Bool, int)", lambda x, y: not x and y > 0, lambda i: [False, i]),
    ("float(float, double)", lambda x, y: x * 2 + y, lambda i: [i / 2, 0.25]),
    ("double(int, double, long)", lambda x, y, z: x + y + z, lambda i: [i, 0.5, -2 * i]),
    ("char(char)", lambda c: c.upper(), lambda i: [b"abcdefgh"[i % 8:i % 8 + 1]]),
    ("char *(char *, long)", lambda p, n: p + n, lambda i: [text, i % 5]),
    ("int(int, int, int, int, int, int, int, int)", lambda *all: sum(all), lambda i: range(i, i + 8)),
    ("double(double, double, double, double, double, double, double, double, double)",
     lambda a, b, c, d, e, f, g, h, i: a - b + c - d + e - f + g - h + i, lambda i: range(i, i + 9)),
    ("int(int, double, int, double, int, double, int, float)",
     lambda a, b, c, d, e, f, g, h: int(a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8), lambda i: range(i, i + 8)),
    ("long double(long double)", lambda x: float(x) / 4, lambda i: [i]),
    ("int(struct pair)", lambda p: p.a + int(p.b), lambda i: [ffi.new("struct pair *", [i, 0.5])[0]]),
    ("void(int)", lambda x: None, lambda i: [i]),
]
text = ffi.new("char[]", b"hello")
for declaration, function, make in kinds:
    result = hot(ffi.callback(declaration, function), make)
    shown = ffi.string(result) if "char *" in declaration else result
    print(float(shown) if isinstance(shown, ffi.CData) else shown)
# expect: -16
# expect: 112
# expect: -9776
# expect: -7187745005283311616
# expect: 18446744073709551516
# expect: True
# expect: 399.25
# expect: -398.5
# expect: b'H'
# expect: b'o'
# expect: 3220
# expect: 403.0
# expect: 14532
# expect: 99.75
# expect: 399
# expect: None

errors = []


@ffi.callback("int(int)", error=-1, onerror=lambda kind, error, traceback: errors.append((str(error), traceback.tb_lineno)))
def picky(x):
    if x % 100 == 99:
        raise ValueError(x)
    try:
        return 1000 // (x % 7)
    except ZeroDivisionError:
        return -2


print(sum(picky(i) for i in range(1000)), len(errors), errors[3])  # expect: 345765 10 ('399', 91)


@ffi.callback("int(int)")
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(17))  # expect: 1597


@ffi.callback("int(int)")
def fails(x):
    C.close(-1)
    return ffi.errno + x


def errnos(n):
    s = 0
    for i in range(n):
        ffi.errno = 3
        s += fails(i & 1)
        s += ffi.errno
    return s


print(errnos(1000))  # expect: 18500


@ffi.callback("int(int)")
def frames(x):
    return sys._getframe(1).f_locals["i"] + x


def looked_at(n):
    s = 0
    for i in range(n):
        s += frames(1) - i
    return s


print(looked_at(500))  # expect: 500

totals = []


def worker(k):
    add = ffi.callback("int(int, int)", lambda a, b: a + b)
    s = 0
    for i in range(3000):
        s = add(s, k)
    totals.append(s)


threads = [threading.Thread(target=worker, args=(k,)) for k in range(1, 4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(totals))  # expect: [3000, 6000, 9000]


@ffi.callback("int(int)")
def generous(n, more=1, *rest):
    return n + more + len(rest)


print([generous(i) for i in range(300)][-1])  # expect: 300


class Method:
    def __init__(self):
        self.n = 0

    def count(self, by):
        self.n += by
        return self.n


method = Method()
counting = ffi.callback("int(int)", method.count)
print([counting(i) for i in range(300)][-1], method.n)  # expect: 44850 44850
kept = [ffi.callback("int(int)", lambda x, k=k: x + k) for k in range(300)]
print(sum(f(1) for f in kept))  # expect: 45150
del kept[::2]
more = [ffi.callback("int(int)", lambda x, k=k: x - k) for k in range(200)]
print(sum(f(1) for f in kept), sum(f(0) for f in more))  # expect: 22650 -19900
