"""Constructors, indexing, operators."""
print(bytes(), bytes(3), bytes([1, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(range(3)), bytes(bytearray(b"b")), bytes(memoryview(b"m")), bytes((i for i in b"g")))
# expect: b'' b'\x00\x00\x00' b'\x01\xff' b'\xc3\xa9' b'x' b'\x00\x01\x02' b'b' b'm' b'g'
b = b"hello"
print(b[0], b[-1], b[1:3], b[::-1], len(b), b + b"!", b * 2, 2 * b, 104 in b, b"ell" in b, b == b"hello", b < b"help", list(b[:2]), hash(b) == hash(bytes(b)))
# expect: 104 111 b'el' b'olleh' 5 b'hello!' b'hellohello' b'hellohello' True True True True [104, 101] True
print(b"%s %d %x %c %r %5.1f%%" % (b"s", 5, 255, 65, "x", 1.25), b"%a" % "é", b"%b" % bytearray(b"q"), b"%(k)s" % {b"k": b"v"})
# expect: b"s 5 ff A 'x'   1.2%" b"'\\xe9'" b'q' b'v'
for source in "bytes(256 * [256])", "bytes('x')", "bytes(-5)", "bytes(1.5)", "bytes([1, 'a'])", "b'a' + 'b'", "b'a' + 5", "b'abc'[5]", "b'a'['x']", "b'%d' % 'x'", "b'%s' % 'str'", "b'a' < 'a'", "b'a'.join(['x'])", "bytes(None)", "b'%c' % 256", "bytes('x', 'ascii', 'strict', 1)", "bytes(encoding='ascii')", "b'x' * 1.5":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError bytes must be in range(0, 256)
# expect: TypeError string argument without an encoding
# expect: ValueError negative count
# expect: TypeError cannot convert 'float' object to bytes
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError can't concat str to bytes
# expect: TypeError can't concat int to bytes
# expect: IndexError index out of range
# expect: TypeError byte indices must be integers or slices, not str
# expect: TypeError %d format: a real number is required, not str
# expect: TypeError %b requires a bytes-like object, or an object that implements __bytes__, not 'str'
# expect: TypeError '<' not supported between instances of 'bytes' and 'str'
# expect: TypeError sequence item 0: expected a bytes-like object, str found
# expect: TypeError cannot convert 'NoneType' object to bytes
# expect: OverflowError %c arg not in range(256)
# expect: TypeError bytes() takes at most 3 arguments (4 given)
# expect: TypeError encoding without a string argument
# expect: TypeError can't multiply sequence by non-int of type 'float'
print(b"abc".hex(), b"abc".hex("-"), b"abcdef".hex(":", 2), b"abcde".hex("_", -2), bytes.fromhex("61 62\n63"), bytes.fromhex(""), repr(b"\x00\t\n\r'\"\\\x7f\xff"))
# expect: 616263 61-62-63 6162:6364:6566 6162_6364_65 b'abc' b'' b'\x00\t\n\r\'"\\\x7f\xff'
for bad in "6g", "é", "61zz":
    try:
        bytes.fromhex(bad)
    except ValueError as error:
        print(error)
# expect: non-hexadecimal number found in fromhex() arg at position 1
# expect: non-hexadecimal number found in fromhex() arg at position 0
# expect: non-hexadecimal number found in fromhex() arg at position 2
