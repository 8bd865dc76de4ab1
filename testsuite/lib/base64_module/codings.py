"""base64, binascii, codecs hex, quopri."""
import base64, binascii
d = bytes(range(0, 256, 17)) + b"?>"
print(base64.b64encode(d), base64.b64decode(base64.b64encode(d)) == d, base64.urlsafe_b64encode(b"\xfb\xff"), base64.urlsafe_b64decode("-_8="), base64.b32encode(b"hello"), base64.b32decode("NBSWY3DP"), base64.b16encode(b"\xab"), base64.b16decode("AB"), base64.b16decode("ab", casefold=True), base64.a85encode(b"hello\0\0\0\0"), base64.b85encode(b"hello"), base64.b85decode(b"Xk~0{Zv"), base64.encodebytes(b"x" * 60), base64.decodebytes(b"eA==\n"), base64.standard_b64encode(b""), base64.b32hexencode(b"x"), base64.b64encode(b"ab", altchars=b"-_"))
# expect: b'ABEiM0RVZneImaq7zN3u/z8+' True b'-_8=' b'\xfb\xff' b'NBSWY3DP' b'hello' b'AB' b'\xab' b'\xab' b'BOu!rDZBb;!!' b'Xk~0{Zv' b'hello' b'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\neHh4\n' b'x' b'' b'F0======' b'YWI='
print(binascii.hexlify(b"\x01\xff"), binascii.unhexlify("01FF"), binascii.crc32(b"hello"), binascii.crc_hqx(b"hello", 0), binascii.b2a_base64(b"x", newline=False), binascii.a2b_base64("eA=="), binascii.hexlify(b"abc", ":"), binascii.b2a_qp(b"a=\xe9"), binascii.a2b_qp("a=3D"), binascii.crc32(b"lo", binascii.crc32(b"hel")) == binascii.crc32(b"hello"))
# expect: b'01ff' b'\x01\xff' 907060870 50018 b'eA==' b'x' b'61:62:63' b'a=3D=E9' b'a=' True
for call in lambda: base64.b64decode("abc"), lambda: base64.b64decode("a"), lambda: base64.b64decode("ab=="), lambda: base64.b64decode("é"), lambda: base64.b64decode("ab!c=", validate=True), lambda: base64.b64encode("str"), lambda: binascii.unhexlify("abc"), lambda: binascii.unhexlify("zz"), lambda: base64.b32decode("A"), lambda: base64.b16decode("ab"), lambda: base64.b85decode("~~~~~~"), lambda: binascii.hexlify("x"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: Error
# expect: Error
# expect: b'i'
# expect: ValueError
# expect: Error
# expect: TypeError
# expect: Error
# expect: Error
# expect: Error
# expect: Error
# expect: ValueError
# expect: TypeError
