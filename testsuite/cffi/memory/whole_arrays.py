"""Lengths, slices and iteration of arrays, in hot loops: what is at their ends, and what changes under way."""
from cffi import FFI

ffi = FFI()
ffi.cdef("struct p { int x; double y; };")


def lengths(arrays, n):
    s = 0
    for i in range(n):
        s += len(arrays[i % len(arrays)])
    return s


print(lengths([ffi.new("int[5]"), ffi.new("char[]", b"abc"), ffi.new("int[]", 7), ffi.new("int[9]")[2:4]], 1000))  # expect: 4500


def all_slices(v, n):
    found = []
    for k in range(300):
        start, stop = k % 7 - 1, k % 11
        try:
            w = v[start:stop]
            found.append((len(w), sum(w)))
        except IndexError as error:
            found.append(str(error))
    return found


found = all_slices(ffi.new("int[8]", list(range(8))), 8)
print(len(found), found[:3], found[9:11], found[-2])
# expect: 300 ['negative index', (1, 0), (1, 1)] ['index too large (expected 9 <= 8)', 'index too large (expected 10 <= 8)'] slice start > stop
owner = ffi.new("int[20]", list(range(20)))
found = all_slices(owner + 5, 8)
print(len(found), found[:3], found[9:11])
# expect: 300 [(1, 4), (1, 5), (1, 6)] [(8, 76), (8, 84)]


def nested(v, n):
    s = 0
    for k in range(n):
        for x in v[k % 3:9 - k % 4]:
            if x == 7:
                break
            s += x
    return s


print(nested(ffi.new("short[9]", list(range(9))), 200), nested(ffi.new("float[9]", list(range(9))), 200))  # expect: 3834 3834.0


def grows(v):
    """Items that are written while the loop runs are seen; a second iterator starts anew."""
    s = 0
    for k, x in enumerate(v):
        if k + 1 < len(v):
            v[k + 1] = x + 1
        s += x
    return s + sum(v)


print([grows(ffi.new("long long[]", 500)) for k in range(3)])  # expect: [249500, 249500, 249500]
iterator = iter(ffi.new("int[300]", list(range(300))))
print(sum(next(iterator) for k in range(200)), sum(x for x in iterator), list(iterator))  # expect: 19900 24950 []


def structs(v):
    for k, p in enumerate(v):
        p.x, p.y = k, k / 2
    return sum(p.x for p in v), sum(p.y for p in v), sum(p.x for p in v[10:20])


print([structs(ffi.new("struct p[400]")) for k in range(2)][1])  # expect: (79800, 39900.0, 145)


def matrix(n):
    m = ffi.new("int[4][5]")
    for k in range(n):
        for row in m:
            for j in range(len(row)):
                row[j] += j
    return [list(row) for row in m][3], sum(sum(row) for row in m)


print(matrix(200))  # expect: ([0, 200, 400, 600, 800], 8000)


def kinds(declaration, values, n=150):
    for k in range(n):
        v = ffi.new(declaration, values)
        last = [x for x in v]
    return last


for declaration, values in [
    ("unsigned long long[]", [1 << 63, 1 << 62, 1]), ("_Bool[3]", [True, False]), ("char[4]", b"ab"), ("wchar_t[3]", "xy"),
    ("double[2]", [1e300, -0.0]), ("signed char[]", [-128, 127]), ("void *[2]", [ffi.NULL, ffi.NULL]),
]:
    print(kinds(declaration, values))
# expect: [9223372036854775808, 4611686018427387904, 1]
# expect: [True, False, False]
# expect: [b'a', b'b', b'\x00', b'\x00']
# expect: ['x', 'y', '\x00']
# expect: [1e+300, -0.0]
# expect: [-128, 127]
# expect: [<cdata 'void *' NULL>, <cdata 'void *' NULL>]


class Number:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        calls.append(self.value)
        return self.value

    __int__ = __index__


calls = []


def stores(n):
    v, w, text = ffi.new("int[8]"), ffi.new("double[3]"), ffi.new("char[6]")
    source = ffi.new("int[2]", [70, 80])
    errors = []
    for k in range(n):
        v[0:3] = [k, k + 1, k + 2]
        v[3:5] = source
        v[5:7] = (k, Number(3)) if k % 100 == 99 else (1, 2)
        w[0:2] = [k, 0.5]
        text[1:4] = b"xyz" if k % 2 else bytearray(b"uvw")
        try:
            v[0:2] = [1] * (1 + k % 3)
        except ValueError as error:
            errors.append(str(error))
        if k % 250 == 249:
            try:
                v[6:8] = [1, 1 << 40]
            except OverflowError as error:
                errors.append(type(error).__name__)
    return list(v), list(w), ffi.string(text + 1), len(errors), errors[:2], errors[-1]


print(stores(501))
# expect: ([1, 1, 502, 70, 80, 1, 2, 0], [500.0, 0.5, 0.0], b'uvw', 336, ['need 2 values to unpack, got 1', 'got more than 2 values to unpack'], 'got more than 2 values to unpack')
print(calls)  # expect: [3, 3, 3, 3, 3]


def copies(n):
    a, b = ffi.new("int[8]", list(range(8))), bytearray(32)
    texts = []
    for k in range(n):
        ffi.memmove(b, a, 4 * (k % 8))
        ffi.memmove(a + 4, b, 16)
        a[0] = k
        texts.append(ffi.string(ffi.cast("char *", ffi.from_buffer(b))))
        s = ffi.unpack(a, k % 9)
    try:
        ffi.memmove(a, b, -1)
    except ValueError as error:
        return s, list(a), bytes(b[:8]), len(set(texts)), str(error)


print(copies(500))
# expect: ([499, 1, 2, 3], [499, 1, 2, 3, 498, 1, 2, 3], b'\xf2\x01\x00\x00\x01\x00\x00\x00', 436, 'negative size')
