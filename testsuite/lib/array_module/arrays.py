"""array.array."""
from array import array, typecodes
a = array("i", [1, 2, 3])
a.append(4); a.extend([5, 6]); a.insert(0, 0); a.remove(3)
print(a, a.pop(), a.pop(0), a[0], a[-1], a[1:3], len(a), a.index(4), a.count(2), a.typecode, a.itemsize, 2 in a, list(a), a == array("i", [1, 2, 4, 5]), a == [1, 2, 4, 5], a < array("i", [9]))
# expect: array('i', [1, 2, 4, 5]) 6 0 1 5 array('i', [2, 4]) 4 2 1 i 4 True [1, 2, 4, 5] True False True
a.reverse(); a += array("i", [7]); a *= 2; a[0] = 100; a[1:2] = array("i", [8, 9]); del a[-1]
print(a, a.tobytes()[:4], array("b", b"\xff\x01"), array("B", b"ab").tobytes(), array("d", [1, 2.5]), array("f", [0.1])[0], array("w", "hé😀"), array("w", "ab").tounicode(), array("q", [2 ** 62]), array("i"), array("i", range(3)), repr(array("w", "x")))
# expect: array('i', [100, 8, 9, 2, 1, 7, 5, 4, 2, 1]) b'd\x00\x00\x00' array('b', [-1, 1]) b'ab' array('d', [1.0, 2.5]) 0.10000000149011612 array('w', 'hé😀') ab array('q', [4611686018427387904]) array('i') array('i', [0, 1, 2]) array('w', 'x')
b = array("h")
b.frombytes(b"\1\0\2\0"); b.fromlist([3])
print(b, b.tolist(), b.buffer_info()[1], memoryview(b).format, typecodes)  # expect: array('h', [1, 2, 3]) [1, 2, 3] 3 h bBuwhHiIlLqQfd
b.byteswap()
print(b, array("i", array("b", [1, 2])), a + a == a * 2, sum(array("d", [0.5] * 4)), sorted(array("i", [3, 1])), bytes(array("B", [1, 2])), array("i", (x for x in [5])))
# expect: array('h', [256, 512, 768]) array('i', [1, 2]) True 2.0 [1, 3] b'\x01\x02' array('i', [5])
for call in lambda: array("z"), lambda: array("i", [1.5]), lambda: array("i", ["a"]), lambda: array("b", [200]), lambda: array("B", [-1]), lambda: a.append("x"), lambda: a[100], lambda: array("i", "abc"), lambda: b.frombytes(b"abc"), lambda: a + [1], lambda: a + b, lambda: a.remove(12345), lambda: array("i").pop(), lambda: a.fromlist([1, "x"]), lambda: hash(a), lambda: array(), lambda: a.__setitem__(slice(0, 1), [1]), lambda: array("I", [2 ** 32]), lambda: a.index(999):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: OverflowError
# expect: OverflowError
# expect: TypeError
# expect: IndexError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: IndexError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: OverflowError
# expect: ValueError
c = array("i", [1, 2, 3])
c[::2] = array("i", [10, 30])
print(c, c[::-1], [x * 2 for x in c], max(c), array("i", c))
# expect: array('i', [10, 2, 30]) array('i', [30, 2, 10]) [20, 4, 60] 30 array('i', [10, 2, 30])
