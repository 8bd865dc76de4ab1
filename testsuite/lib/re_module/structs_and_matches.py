"""struct formats used again and again, by one text and by many; match objects of every size."""
import re
import struct
def packs(n):
    t = 0
    for i in range(n):
        t += len(struct.pack("<IH", i, 3)) + struct.unpack("<IH", struct.pack("<IH", i, 3))[0]
        t += struct.unpack_from(">hB", b"\xff\xfe\x07" * 3, 3)[0] + struct.calcsize("<q")
    return t
print(packs(2000))
# expect: 2023000
formats = ["<b", "<B", ">h", ">H", "<i", "<I", ">q", ">Q", "<f", ">d", "?", "c", "3s", "2p", "<e", "n", "P", "<2i", ">3H", "x", "0s", ""]
values = [(-5,), (250,), (-300,), (60000,), (-70000,), (4000000000,), (-2**62,), (2**64 - 1,), (1.5,), (-2.25,), (True,), (b"z",), (b"ab",), (b"q",), (0.5,), (-7,), (12,), (1, -2), (1, 2, 3), (), (b"",), ()]
for turn in range(2):
    for f, v in zip(formats, values):
        p = struct.pack(f, *v)
        print(f, p, struct.unpack(f, p), list(struct.iter_unpack(f, p * 2)) if p else None)
# expect: <b b'\xfb' (-5,) [(-5,), (-5,)]
# expect: <B b'\xfa' (250,) [(250,), (250,)]
# expect: >h b'\xfe\xd4' (-300,) [(-300,), (-300,)]
# expect: >H b'\xea`' (60000,) [(60000,), (60000,)]
# expect: <i b'\x90\xee\xfe\xff' (-70000,) [(-70000,), (-70000,)]
# expect: <I b'\x00(k\xee' (4000000000,) [(4000000000,), (4000000000,)]
# expect: >q b'\xc0\x00\x00\x00\x00\x00\x00\x00' (-4611686018427387904,) [(-4611686018427387904,), (-4611686018427387904,)]
# expect: >Q b'\xff\xff\xff\xff\xff\xff\xff\xff' (18446744073709551615,) [(18446744073709551615,), (18446744073709551615,)]
# expect: <f b'\x00\x00\xc0?' (1.5,) [(1.5,), (1.5,)]
# expect: >d b'\xc0\x02\x00\x00\x00\x00\x00\x00' (-2.25,) [(-2.25,), (-2.25,)]
# expect: ? b'\x01' (True,) [(True,), (True,)]
# expect: c b'z' (b'z',) [(b'z',), (b'z',)]
# expect: 3s b'ab\x00' (b'ab\x00',) [(b'ab\x00',), (b'ab\x00',)]
# expect: 2p b'\x01q' (b'q',) [(b'q',), (b'q',)]
# expect: <e b'\x008' (0.5,) [(0.5,), (0.5,)]
# expect: n b'\xf9\xff\xff\xff\xff\xff\xff\xff' (-7,) [(-7,), (-7,)]
# expect: P b'\x0c\x00\x00\x00\x00\x00\x00\x00' (12,) [(12,), (12,)]
# expect: <2i b'\x01\x00\x00\x00\xfe\xff\xff\xff' (1, -2) [(1, -2), (1, -2)]
# expect: >3H b'\x00\x01\x00\x02\x00\x03' (1, 2, 3) [(1, 2, 3), (1, 2, 3)]
# expect: x b'\x00' () [(), ()]
# expect: 0s b'' (b'',) None
# expect:  b'' () None
# expect: <b b'\xfb' (-5,) [(-5,), (-5,)]
# expect: <B b'\xfa' (250,) [(250,), (250,)]
# expect: >h b'\xfe\xd4' (-300,) [(-300,), (-300,)]
# expect: >H b'\xea`' (60000,) [(60000,), (60000,)]
# expect: <i b'\x90\xee\xfe\xff' (-70000,) [(-70000,), (-70000,)]
# expect: <I b'\x00(k\xee' (4000000000,) [(4000000000,), (4000000000,)]
# expect: >q b'\xc0\x00\x00\x00\x00\x00\x00\x00' (-4611686018427387904,) [(-4611686018427387904,), (-4611686018427387904,)]
# expect: >Q b'\xff\xff\xff\xff\xff\xff\xff\xff' (18446744073709551615,) [(18446744073709551615,), (18446744073709551615,)]
# expect: <f b'\x00\x00\xc0?' (1.5,) [(1.5,), (1.5,)]
# expect: >d b'\xc0\x02\x00\x00\x00\x00\x00\x00' (-2.25,) [(-2.25,), (-2.25,)]
# expect: ? b'\x01' (True,) [(True,), (True,)]
# expect: c b'z' (b'z',) [(b'z',), (b'z',)]
# expect: 3s b'ab\x00' (b'ab\x00',) [(b'ab\x00',), (b'ab\x00',)]
# expect: 2p b'\x01q' (b'q',) [(b'q',), (b'q',)]
# expect: <e b'\x008' (0.5,) [(0.5,), (0.5,)]
# expect: n b'\xf9\xff\xff\xff\xff\xff\xff\xff' (-7,) [(-7,), (-7,)]
# expect: P b'\x0c\x00\x00\x00\x00\x00\x00\x00' (12,) [(12,), (12,)]
# expect: <2i b'\x01\x00\x00\x00\xfe\xff\xff\xff' (1, -2) [(1, -2), (1, -2)]
# expect: >3H b'\x00\x01\x00\x02\x00\x03' (1, 2, 3) [(1, 2, 3), (1, 2, 3)]
# expect: x b'\x00' () [(), ()]
# expect: 0s b'' (b'',) None
# expect:  b'' () None
for call in (lambda: struct.pack("<I", -1), lambda: struct.pack("<I"), lambda: struct.pack("<b", 128), lambda: struct.pack("<q", 2**63), lambda: struct.pack("<i", 1.5), lambda: struct.pack("z", 1), lambda: struct.unpack("<I", b"abc"), lambda: struct.pack("<f", 1e40), lambda: struct.pack("c", b"ab"), lambda: struct.pack(5), lambda: struct.unpack_from("<I", b"abcde", 2), lambda: struct.pack_into("<I", bytearray(3), 0, 5), lambda: struct.pack_into("<IB", bytearray(8), 0, 5)):
    try: print(call())
    except Exception as e: print(type(e).__name__, e)
# expect: error 'I' format requires 0 <= number <= 4294967295
# expect: error pack expected 1 items for packing (got 0)
# expect: error 'b' format requires -128 <= number <= 127
# expect: error 'q' format requires -9223372036854775808 <= number <= 9223372036854775807
# expect: error required argument is not an integer
# expect: error bad char in struct format
# expect: error unpack requires a buffer of 4 bytes
# expect: OverflowError float too large to pack with f format
# expect: error char format requires a bytes object of length 1
# expect: TypeError Struct() argument 1 must be a str or bytes object, not int
# expect: error unpack_from requires a buffer of at least 6 bytes for unpacking 4 bytes at offset 2 (actual buffer size is 5)
# expect: error pack_into requires a buffer of at least 4 bytes for packing 4 bytes at offset 0 (actual buffer size is 3)
# expect: error pack_into expected 2 items for packing (got 1)
class Index:
    def __index__(self): return 9
big = struct.pack("100I", *range(100))
print(struct.pack("<H", Index()), len(big), sum(struct.unpack("100I", big)), struct.pack("<Q", 2**64 - 1), struct.Struct("<HH").pack(1, 2), struct.pack(b"<H", 5))
# expect: b'\t\x00' 400 4950 b'\xff\xff\xff\xff\xff\xff\xff\xff' b'\x01\x00\x02\x00' b'\x05\x00'
b = bytearray(8)
struct.pack_into(">HI", b, 1, 258, 7)
print(b)
# expect: bytearray(b'\x00\x01\x02\x00\x00\x00\x07\x00')

m = re.match(r"(\w+)=(\d+)", "abc=123 rest")
print(m.group(), m.group(1), m.group(1, 2), m[2], m.groups(), m.span(2), m.regs, m.lastindex, m.pos, m.endpos, m)
# expect: abc=123 abc ('abc', '123') 123 ('abc', '123') (4, 7) ((0, 7), (0, 3), (4, 7)) 2 0 12 <re.Match object; span=(0, 7), match='abc=123'>
for key in (3, -1, "x", True, 2**70):
    try: print(m.group(key))
    except IndexError as e: print(e)
# expect: no such group
# expect: no such group
# expect: no such group
# expect: abc
# expect: no such group
m = re.search(r"(?P<a>x)?(?P<b>é+)(y)?", "..ééy")
print(m.groupdict(), m.groups("-"), m.start("b"), m.end("b"), m["b"], m["a"], m.lastgroup, m.expand(r"[\g<b>|\3]"), m.group("a", "b"))
# expect: {'a': None, 'b': 'éé'} ('-', 'éé', 'y') 2 4 éé None None [éé|y] (None, 'éé')
m = re.match("(.)" * 40, "abcdefghij" * 4)
print(m.groups() == tuple("abcdefghij" * 4), m.span(40), m.lastindex)
# expect: True (39, 40) 40
print(re.match("a", "a").groups(), re.match("a", "b"), re.fullmatch(r"a|ab", "ab"), re.fullmatch("(a)(b)?", "a").regs)
# expect: () None <re.Match object; span=(0, 2), match='ab'> ((0, 1), (0, 1), (-1, -1))
print(re.findall(r"(\w)(\d)?", "a1b"), re.split(r"(,)|;", "a,b;c"), re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.subn("x", lambda m: m.group() * 2, "axbx"))
# expect: [('a', '1'), ('b', '')] ['a', ',', 'b', None, 'c'] 1a 2b ('axxbxx', 2)
def nested(m):
    return "<" + re.sub("b", "c", m.group(1)) + str([k.span() for k in word.finditer(m.group())]) + ">"
word = re.compile(r"(\w+)")
print(word.sub(nested, "abb b"), [m.group() for m in word.finditer("x yy")], word.scanner("p q").search().group())
# expect: <acc[(0, 3)]> <c[(0, 1)]> ['x', 'yy'] p
def loop(n):
    r, t = re.compile(r"(\w+)=(\d+)"), 0
    for i in range(n):
        m = r.match("abc=%d" % i)
        t += len(m.group(1)) + int(m.group(2)) + m.end() + (r.search("  ") is None)
    return t
print(loop(3000))
# expect: 4533390
