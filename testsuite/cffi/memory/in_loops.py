"""Strings, buffers, copies, addresses and pointers in hot loops, and what leaves the usual path there."""
import gc
from cffi import FFI

ffi = FFI()
ffi.cdef("""
    typedef struct { int a; double b; char name[8]; int row[4]; } item;
    typedef struct { long x, y, z; } triple;
    typedef struct { int n; char tail[]; } open;
    typedef enum { RED, GREEN = 5, BLUE } color;
""")


def tried(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def loop(function, values, passes=60):
    """What the function gives for the last value, and how many of its results differ from the first ones."""
    first = [tried(function, value) for value in values]
    wrong = 0
    for _ in range(passes):
        wrong += sum(tried(function, value) != old for value, old in zip(values, first))
    return wrong, first[-1]


word = ffi.new("char[]", b"hello world")
chars, open_chars = ffi.new("char[4]", b"abcd"), ffi.new("char[]", b"xy\0z")
small = ffi.new("unsigned char[]", b"bytes\0")
pointer = ffi.cast("char *", word)
wide = ffi.new("wchar_t[]", "wide")
numbers = ffi.new("int[]", [5, 4, 3, 2, 1])


def string(x):
    return ffi.string(x)


print(loop(string, [word, chars, open_chars, small, pointer, wide]))  # expect: (0, 'wide')
print(loop(string, [pointer] * 40 + [ffi.NULL]))
# expect: (0, "TypeError: string(): unexpected cdata 'void *' argument")
print(loop(string, [chars] * 40 + [ffi.cast("char *", 0)]))
# expect: (0, "RuntimeError: cannot use string() on <cdata 'char *' NULL>")
print(loop(string, [word] * 40 + [numbers]))  # expect: (0, "TypeError: string(): unexpected cdata 'int[]' argument")
print(loop(string, [ffi.cast("color", 5), ffi.cast("color", 7), ffi.cast("color", 0)]))  # expect: (0, 'RED')
print(loop(lambda n: ffi.string(word, n), [3, 0, 50, -1, 5] * 9))  # expect: (0, b'hello')
print(loop(lambda n: ffi.string(pointer, n), [3, 0, 50, -1, 5] * 9))  # expect: (0, b'hello')
print(loop(lambda n: len(ffi.string(chars, n)), list(range(-1, 5))))  # expect: (0, 4)
print(loop(lambda n: ffi.unpack(word, n), [3, 0, 11, 5] * 9 + [-1]))
# expect: (0, "ValueError: 'length' cannot be negative")
print(loop(lambda n: ffi.unpack(numbers, n), [3, 0, 5] * 9))  # expect: (0, [5, 4, 3, 2, 1])

# ---- views of memory
record = ffi.new("item *", {"a": 7, "b": 2.5, "name": b"seven"})
room = ffi.new("char[16]", b"0123456789abcdef")
print(loop(lambda n: ffi.buffer(room, n)[:], [3, 0, 16, 5] * 9))  # expect: (0, b'01234')
print(loop(lambda n: ffi.buffer(room)[n:], [3, 0, 16, 20, -3, 12] * 9))  # expect: (0, b'cdef')
print(loop(lambda n: ffi.buffer(room)[2:n], [3, 1, 16, 20, -3, 6] * 9))  # expect: (0, b'2345')
print(loop(lambda n: ffi.buffer(room)[n], [3, 0, 15, -1, 6] * 9 + [16]))
# expect: (0, 'IndexError: buffer index out of range')
print(loop(lambda x: len(ffi.buffer(x)), [room, record, numbers, word, ffi.new("open *", {"tail": 9})]))
# expect: (0, 13)
print(loop(lambda x: bytes(ffi.buffer(x, 3)), [room, pointer, small, word]))  # expect: (0, b'hel')


def fill(part):
    view = ffi.buffer(room)
    view[0:len(part)] = part
    view[8:12] = b"wxyz"
    return view[:]


print(loop(fill, [b"abc", b"", b"12345", b"q"]))  # expect: (120, b'q2345567wxyzcdef')
print(tried(fill, b"x" * 17))  # expect: ValueError: right operand length must match slice length


def keep(n):
    views = [ffi.buffer(room, i) for i in range(n)]
    gc.collect()
    return [len(view) for view in views][-1], views[1] == views[2][:1]


print(loop(keep, [3, 5, 8]))  # expect: (0, (7, True))

# ---- copies and stores
target = ffi.new("char[8]")


def copy(source):
    ffi.memmove(target, source, 4)
    return ffi.unpack(target, 8)


print(loop(copy, [b"abcd", room, pointer, numbers, bytearray(b"wxyz"), b"last"]))
# expect: (0, b'last\x00\x00\x00\x00')
print(loop(lambda n: ffi.memmove(target, b"01234567", n), [4, 0, 8, -1]))  # expect: (0, 'ValueError: negative size')
print(tried(ffi.memmove, target, "text", 2))  # expect: TypeError: a bytes-like object is required, not 'str'


def store(value):
    target[0:3] = value
    return target[2]


print(loop(store, [b"abc", b"xyz", [b"q", b"r", b"s"], b"12"]))
# expect: (0, 'ValueError: need a string of length 3, got 2')
print(loop(lambda n: store(b"abc"[:n]), [3, 3, 3, 2] * 9 + [3]))  # expect: (0, b'c')


def name(value):
    record.name = value
    return ffi.string(record.name), record.row[0], record.b


print(loop(name, [b"", b"abc", b"seven77", b"eight888", b"nine", b"ninenine9"]))
# expect: (0, "IndexError: initializer bytes is too long for 'char[8]' (got 9 characters)")
print(loop(name, [b"x", b"eight888", b"yy"] * 9))  # expect: (0, (b'yy', 0, 2.5))
names = ffi.new("item[3]")


def name_item(i):
    names[i].name = b"%d" % i
    return ffi.string(names[i].name)


print(loop(name_item, [0, 1, 2, 3]))
# expect: (0, "IndexError: index too large for cdata 'item[3]' (expected 3 < 3)")

# ---- types, addresses, pointers
print(loop(ffi.sizeof, [record, record[0], numbers, ffi.new("int[3]"), ffi.new("int[9]"), pointer, target]))
# expect: (0, 8)
print(loop(lambda x: ffi.typeof(x).cname, [record, record[0], numbers, pointer, word]))  # expect: (0, 'char[]')
print(loop(lambda x: ffi.sizeof(x[0]), [record, ffi.new("triple *"), numbers, pointer]))
# expect: (0, "TypeError: expected a 'cdata' or 'ctype' object")
print(loop(lambda x: ffi.addressof(x, "b")[0], [record, record[0], names, names[0]]))  # expect: (0, 0.0)
print(loop(lambda i: ffi.addressof(numbers, i)[0], [0, 4, 2]))  # expect: (0, 3)
print(loop(lambda i: ffi.addressof(names, i, "row")[0][1], [0, 1, 2]))  # expect: (0, 0)
print(loop(lambda x: ffi.addressof(x) == ffi.addressof(record[0]), [record[0], names[1], record[0]]))
# expect: (0, True)
print(loop(lambda x: ffi.addressof(x), [record] * 9))  # expect: (0, 'TypeError: addressof(pointer)')
p, q = numbers + 1, numbers + 4
triples = ffi.new("triple[6]")


def order(pair):
    a, b = pair
    result = [a < b, a <= b, a > b, a >= b]
    if a < b:
        result.append("less")
    while a <= b:
        result.append("not more")
        break
    return result


print(loop(order, [(p, q), (q, p), (p, p), (p, numbers), (numbers, p)]))
# expect: (0, [True, True, False, False, 'less', 'not more'])
print(loop(order, [(p, q)] * 30 + [(p, 3)]))
# expect: (0, "TypeError: '<' not supported between instances of '_cffi_backend._CDataBase' and 'int'")
print(loop(lambda pair: pair[0] - pair[1], [(q, p), (p, q), (q, numbers), (triples + 5, triples), (triples + 0, triples + 3)]))
# expect: (0, -3)
odd = ffi.cast("triple *", ffi.cast("char *", triples) + 30)
print(loop(lambda pair: pair[0] - pair[1], [(triples + 5, triples + 1)] * 30 + [(odd, triples)]))
# expect: (0, 'ValueError: pointer subtraction: the distance between the two pointers is not a multiple of the item size')
print(loop(lambda pair: pair[0] - pair[1], [(q, p)] * 30 + [(q, triples + 0)]))
# expect: (0, "TypeError: cannot subtract cdata 'int *' and cdata 'triple *'")


def owners(n):
    kept = []
    for i in range(n):
        owner = ffi.new("triple *", [i, i, i])
        kept.append(owner[0])
        if i % 3 == 1:
            kept.append(tried(lambda: owner[i]))
    del owner
    gc.collect()
    return [x.y if not isinstance(x, str) else x for x in kept][-3:]


print(loop(owners, [5, 9, 20]))  # expect: (0, [18, 19, "IndexError: cdata 'triple *' can only be indexed by 0"])
print(loop(lambda i: int(ffi.cast("uintptr_t", ffi.cast("void *", i))), [5, 0, 1 << 40, -1]))
# expect: (0, 18446744073709551615)
print(loop(lambda x: int(ffi.cast("uint8_t", ffi.cast("char *", x))), [5, 300, 511]))  # expect: (0, 255)
print(loop(lambda x: int(ffi.cast("uintptr_t", x)) == int(ffi.cast("intptr_t", x + 0)), [numbers, pointer, p]))
# expect: (0, True)
data = ffi.from_buffer(b"constant")
print(data[0], len(data), ffi.string(data), tried(ffi.release, data), bytes(ffi.buffer(data)))
# expect: b'c' 8 b'constant' None b'constant'
