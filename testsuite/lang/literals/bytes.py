"""Bytes literals."""
print(b"abc", b'\x00\xff\n\t\\', b"it's", b'"')  # expect: b'abc' b'\x00\xff\n\t\\' b"it's" b'"'
print(b"\101\7", rb"\101", Rb'\n', bR"\'", BR"x")  # expect: b'A\x07' b'\\101' b'\\n' b"\\'" b'x'
print(b'both \' "', len(b"\N{DASH}"))  # expect: b'both \' "' 8
print(b"\u0041", len(b"\u0041"))  # expect: b'\\u0041' 6
print(b"abc"[0], b"abc"[0:1], list(b"ab"))  # expect: 97 b'a' [97, 98]
print(b"a" == "a", b"a" == bytearray(b"a"))  # expect: False True
try:
    eval("b'é'")
except SyntaxError as error:
    print(error.msg)  # expect: bytes can only contain ASCII literal characters
print(b"%d-%s-%r" % (3, b"x", "y"))  # expect: b"3-x-'y'"
print(bytes(), bytes(3), bytes([65, 66]), bytes("é", "utf-8"))  # expect: b'' b'\x00\x00\x00' b'AB' b'\xc3\xa9'
