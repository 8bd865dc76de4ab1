"""C calls back, or takes its time, in the middle of a hot loop: frames, objects and errno are as they should be."""
import sys
import threading

from cffi import FFI

ffi = FFI()
ffi.cdef("""
    void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
    int usleep(unsigned int);
    int close(int);
    int abs(int);
""")
C = ffi.dlopen(None)
seen = []


class Total:
    def __init__(self):
        self.x = 0


@ffi.callback("int(const void *, const void *)")
def order(a, b):
    local = sys._getframe(1).f_locals
    seen.append((local["i"], local["s"], local["pair"], local["total"].x))
    local["total"].x += 1000
    return ffi.cast("int *", a)[0] - ffi.cast("int *", b)[0]


def sometimes(n, every):
    v = ffi.new("int[2]")
    total = Total()
    s = 0
    for i in range(n):
        pair = (i, s)
        total.x += 1
        v[0], v[1] = 2, 1
        C.qsort(v, 1 + (i % every == 0), 4, order)
        s += v[0]
    return s, total.x, pair


print(sometimes(5000, 997))  # expect: (9994, 11000, (4999, 9992))
print(len(seen), seen[0], seen[3])  # expect: 6 (0, 0, (0, 0), 1) (2991, 5979, (2991, 5979), 5992)
seen.clear()
print(sometimes(3000, 2))  # expect: (4500, 1503000, (2999, 4498))
print(len(seen), seen[700])  # expect: 1500 (1400, 2100, (1400, 2100), 701401)


def failing(n):
    for i in range(n):
        C.close(-1)
        C.abs(i)
    return ffi.errno


print(failing(3000))  # expect: 9


@ffi.callback("int(const void *, const void *)", error=-1)
def broken(a, b):
    raise ValueError("not comparable")


def errors(n):
    v = ffi.new("int[2]", [1, 2])
    for i in range(n):
        C.qsort(v, 1 + (i % 500 == 499), 4, broken)
    return list(v)


stderr, sys.stderr = sys.stderr, open("/dev/null", "w")
print(errors(2000))  # expect: [1, 2]
sys.stderr = stderr

done = []


def other():
    while not done:
        turns.append(1)
        C.usleep(1000)


def sleeping(n):
    s = 0
    for i in range(n):
        s += C.usleep(1000)
    return s


turns = []
thread = threading.Thread(target=other)
thread.start()
print(sleeping(150))  # expect: 0
done.append(True)
thread.join()
print(len(turns) > 20)  # expect: True


def recursive(n, depth):
    v = ffi.new("int[2]", [2, 1])

    @ffi.callback("int(const void *, const void *)")
    def inner(a, b):
        if depth:
            counts.append(recursive(20, depth - 1))
        return 1

    s = 0
    for i in range(n):
        C.qsort(v, 1 + (i % 10 == 9), 4, inner)
        s += i
    return s


counts = []
print(recursive(200, 2), len(counts), sum(counts))  # expect: 19900 60 11400
