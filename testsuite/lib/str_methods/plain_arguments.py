"""What `%`, format, split, join, replace, int(), float(), bin and sorted do at the edges of their quick ways."""
class S(str):
    def __str__(self): return "S!"
    def __format__(self, spec): return "F!" + spec
class I(int):
    def __str__(self): return "I!"
    def __index__(self): return 77
print("%s %d %s %d" % ("a", 5, 7, -2**61), "%s" % S("x"), "%s %d" % (I(3), I(4)), "%d" % True, "%s" % True)
# expect: a 5 7 -2305843009213693952 S! I! 4 1 True
print("%5d|%-5s|%05d|%+d|%x" % (1, "a", 3, 4, 255), "%s%%" % 5, "%s" % (1,), "%s" % [1], "%i %u" % (2**70, 3))
# expect:     1|a    |00003|+4|ff 5% 1 [1] 1180591620717411303424 3
print(b"%d %s" % (5, b"x"), b"%i" % -3)
# expect: b'5 x' b'-3'
for f, a in (("%d", "x"), ("%s %s", (1,)), ("%s", (1, 2)), ("%d %d", (1, 2.5)), ("%q", 1), ("%", 1), ("%(a)s", 5), ("%s", ())):
    try: print(f % a)
    except Exception as e: print(type(e).__name__, e)
# expect: TypeError %d format: a real number is required, not str
# expect: TypeError not enough arguments for format string
# expect: TypeError not all arguments converted during string formatting
# expect: 1 2
# expect: ValueError unsupported format character 'q' (0x71) at index 1
# expect: ValueError incomplete format
# expect: TypeError format requires a mapping
# expect: TypeError not enough arguments for format string
print("{}-{}".format(1, "b"), "{0}{1}{0}".format("x", -5), "{:>5}|{:<4}".format(3, "q"), "{}".format(S("k")), "{!s}".format(S("k")), "{:x}".format(255), "{}".format(I(2)), "{}".format(None), "{}{{}}".format(True))
# expect: 1-b x-5x     3|q    F! S! ff I! None True{}
x, y, e = "é", 3, ""
print(f"{x}{y}", f"{e}", f"{e}{x}", f"{x}{e}", f"{S('q')}", f"{y}", f"{e}{e}", f"{'a'}{e}", f"{2**70}-{x}")
# expect: é3  é é F! 3  a 1180591620717411303424-é
for text in ("a,bc,def", "", ",", ",,a", "é,ü", "abc"):
    print(text.split(","), text.split(",", 1), text.split(",", 0), text.split(), text.split(",,"), text.split("é"))
# expect: ['a', 'bc', 'def'] ['a', 'bc,def'] ['a,bc,def'] ['a,bc,def'] ['a,bc,def'] ['a,bc,def']
# expect: [''] [''] [''] [] [''] ['']
# expect: ['', ''] ['', ''] [','] [','] [','] [',']
# expect: ['', '', 'a'] ['', ',a'] [',,a'] [',,a'] ['', 'a'] [',,a']
# expect: ['é', 'ü'] ['é', 'ü'] ['é,ü'] ['é,ü'] ['é,ü'] ['', ',ü']
# expect: ['abc'] ['abc'] ['abc'] ['abc'] ['abc'] ['abc']
print(" a  b c ".split(), " a  b c ".split(None, 1), "  ".split(), "a\u3000b\x1cc".split(), b" a b ".split(), b"a,b".split(b","), bytearray(b"a--b").split(b"--", 1), "x" .split("x" * 3))
# expect: ['a', 'b', 'c'] ['a', 'b c '] [] ['a', 'b', 'c'] [b'a', b'b'] [b'a', b'b'] [bytearray(b'a'), bytearray(b'b')] ['x']
print("ab" * 3, ",".join("abc"), "".join([]), "".join(["é"]), "-".join(["", ""]), "".join(["", "a", ""]), ", ".join(("x", "é", "")), "".join([S("sub")]), "é".join("12"))
# expect: ababab a,b,c  é - a x, é,  sub 1é2
try: "".join(["a", 1])
except TypeError as err: print(err)
# expect: sequence item 1: expected str instance, int found
print("abcabc".replace("b", "x"), "aaaa".replace("aa", "b"), "a" * 70 == ("b" * 70).replace("b", "a"), ("xy" * 50).replace("xy", "z", 3), "abc".replace("", "-"), "é-é".replace("é", "e", 1))
# expect: axcaxc bb True zzzxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxy -a-b-c- e-é
print([int(t) for t in ("0", "007", "123456789012345678", "1234567890123456789", "-5", " 7 ", "1_000", "٣")], int("9" * 30), int(b"12"), int(S("12")), int(I(3)), int(True), int(3.9))
# expect: [0, 7, 123456789012345678, 1234567890123456789, -5, 7, 1000, 3] 999999999999999999999999999999 12 12 3 1 3
for t in ("", "1_", "a", "1.5", "+", S("z")):
    try: print(int(t))
    except ValueError as err: print(err)
# expect: invalid literal for int() with base 10: ''
# expect: invalid literal for int() with base 10: '1_'
# expect: invalid literal for int() with base 10: 'a'
# expect: invalid literal for int() with base 10: '1.5'
# expect: invalid literal for int() with base 10: '+'
# expect: invalid literal for int() with base 10: 'z'
print(float("12.5"), float(" 1e3\n"), float(S("2")), float("-inf"), float(b"1.5"), float(3), float(True), float("1_0.5"))
# expect: 12.5 1000.0 2.0 -inf 1.5 3.0 1.0 10.5
for t in ("", "x", "1_"):
    try: print(float(t))
    except ValueError as err: print(err)
# expect: could not convert string to float: ''
# expect: could not convert string to float: 'x'
# expect: could not convert string to float: '1_'
for a in ((1, 2, 3), {"x": 1}):
    for k in int, float, str:
        try: print(k(*a) if type(a) is tuple else k(**a))
        except TypeError as err: print(err)
# expect: int expected at most 2 arguments, got 3
# expect: float expected at most 1 argument, got 3
# expect: str() argument 'encoding' must be str, not int
# expect: int() got an unexpected keyword argument 'x'
# expect: float() takes no keyword arguments
# expect: str() got an unexpected keyword argument 'x'
print([f(n) for n in (0, 1, -1, 10, 255, -2**63, 2**63, 2**100) for f in (bin, oct, hex)], format(-35, "o"), f"{2**62:b}", f"{-8:#x}")
# expect: ['0b0', '0o0', '0x0', '0b1', '0o1', '0x1', '-0b1', '-0o1', '-0x1', '0b1010', '0o12', '0xa', '0b11111111', '0o377', '0xff', '-0b1000000000000000000000000000000000000000000000000000000000000000', '-0o1000000000000000000000', '-0x8000000000000000', '0b1000000000000000000000000000000000000000000000000000000000000000', '0o1000000000000000000000', '0x8000000000000000', '0b10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000', '0o2000000000000000000000000000000000', '0x10000000000000000000000000'] -43 100000000000000000000000000000000000000000000000000000000000000 -0x8
print(sorted((3, 1, 2)), sorted([3, 1, 2], reverse=True), sorted([True, 0, 5]), sorted([2**70, 1, -2**70]), sorted(range(20, 0, -1)), sorted([1, 2.5, 0]), sorted(["b", "a"]), sorted([]))
# expect: [1, 2, 3] [3, 2, 1] [0, True, 5] [-1180591620717411303424, 1, 1180591620717411303424] [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] [0, 1, 2.5] ['a', 'b'] []
try: sorted([1, "a", 2])
except TypeError as err: print(err)
# expect: '<' not supported between instances of 'str' and 'int'
print((255).to_bytes(2, "big"), (255).to_bytes(2, "little"), (-1).to_bytes(3, "big", signed=True), (1).to_bytes(), int.from_bytes(b"\x00\xff", "big"), int.from_bytes(b"\xff\x00", "little"), int.from_bytes(b"\xff\xff", "big", signed=True), int.from_bytes([1, 2]), int.from_bytes(b"", "big"), int.from_bytes(b"\xff" * 8, "big"), int.from_bytes(b"\xff" * 8, "little", signed=True), int.from_bytes(b"\x80" + b"\0" * 8, "big", signed=True))
# expect: b'\x00\xff' b'\xff\x00' b'\xff\xff\xff' b'\x01' 255 255 -1 258 0 18446744073709551615 -1 -2361183241434822606848
class J(int): pass
print(type(J.from_bytes(b"a", "big")), int.from_bytes.__name__, J(5).to_bytes(1, "big"))
# expect: <class '__main__.J'> from_bytes b'\x05'
for call in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: int.from_bytes(b"a", "middle"), lambda: (1).to_bytes(1, 5), lambda: int.from_bytes(5), lambda: int.from_bytes(), lambda: (1).to_bytes(-1, "big")):
    try: print(call())
    except Exception as err: print(type(err).__name__, err)
# expect: OverflowError int too big to convert
# expect: OverflowError can't convert negative int to unsigned
# expect: ValueError byteorder must be either 'little' or 'big'
# expect: TypeError to_bytes() argument 'byteorder' must be str, not int
# expect: TypeError cannot convert 'int' object to bytes
# expect: TypeError from_bytes() missing required argument 'bytes' (pos 1)
# expect: ValueError length argument must be non-negative
def loop(n):
    t = 0
    for i in range(n):
        t += int.from_bytes((i & 255).to_bytes(2, "big"), "big") + len("%d,%s" % (i, "a")) + len(bytes.fromhex("0a0b")) + float("1.5")
        t += len("a,bc,def".split(",")) + int(str(i)) + pow(i, 3, 11) + len(bin(i))
    return t
print(loop(3000))
# expect: 4963668.0
