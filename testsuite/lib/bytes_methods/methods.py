"""bytes and bytearray share the methods of str."""
b = b"Hello World"
for t in bytes, bytearray:
    x = t(b)
    print(x.upper(), x.lower(), x.swapcase(), x.title(), x.capitalize(), x.find(b"o"), x.rfind(111), x.index(b"W"), x.count(b"o"), x.count(111), x.replace(b"o", b"0", 1), x.split(), x.split(b"o"), x.partition(b" "), x.rpartition(b"o"))
    print(x.startswith((b"x", b"H")), x.endswith(b"ld"), x.strip(b"Hd"), x.center(13, b"*"), x.ljust(12, b"."), x.rjust(12), x.zfill(12), x.join([b"a", b"b"]), t(b"a\nb").splitlines(), x.translate(None, b"lo"), x.removeprefix(b"He"), x.expandtabs(), x.isalpha(), t(b"12").isdigit(), t(b" ").isspace())
# expect: b'HELLO WORLD' b'hello world' b'hELLO wORLD' b'Hello World' b'Hello world' 4 7 6 2 2 b'Hell0 World' [b'Hello', b'World'] [b'Hell', b' W', b'rld'] (b'Hello', b' ', b'World') (b'Hello W', b'o', b'rld')
# expect: True True b'ello Worl' b'*Hello World*' b'Hello World.' b' Hello World' b'0Hello World' b'aHello Worldb' [b'a', b'b'] b'He Wrd' b'llo World' b'Hello World' False True True
# expect: bytearray(b'HELLO WORLD') bytearray(b'hello world') bytearray(b'hELLO wORLD') bytearray(b'Hello World') bytearray(b'Hello world') 4 7 6 2 2 bytearray(b'Hell0 World') [bytearray(b'Hello'), bytearray(b'World')] [bytearray(b'Hell'), bytearray(b' W'), bytearray(b'rld')] (bytearray(b'Hello'), bytearray(b' '), bytearray(b'World')) (bytearray(b'Hello W'), bytearray(b'o'), bytearray(b'rld'))
# expect: True True bytearray(b'ello Worl') bytearray(b'*Hello World*') bytearray(b'Hello World.') bytearray(b' Hello World') bytearray(b'0Hello World') bytearray(b'aHello Worldb') [bytearray(b'a'), bytearray(b'b')] bytearray(b'He Wrd') bytearray(b'llo World') bytearray(b'Hello World') False True True
print(bytes.maketrans(b"ab", b"xy")[97:99], b"aabb".translate(bytes.maketrans(b"a", b"z")), b"abc".isalnum(), b"ABC".isupper(), b"".islower(), b"Ab Cd".istitle(), b"\xff".isascii(), b"caf\xc3\xa9".decode(), b"\xe9".upper())
# expect: b'xy' b'zzbb' True True False True False café b'\xe9'
for source in "b'a'.find('a')", "b'a'.index(b'z')", "b'a'.count(256)", "b'a'.split('a')", "b'a'.replace('a', 'b')", "b''.join([1])", "b'a'.strip('a')", "b'a'.startswith('a')", "b'a'.translate(b'short')", "b'a'.split(b'')", "bytes.maketrans(b'a', b'bc')", "b'a'.partition(b'')", "b'a'.nope":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError argument should be integer or bytes-like object, not 'str'
# expect: ValueError subsection not found
# expect: ValueError byte must be in range(0, 256)
# expect: TypeError a bytes-like object is required, not 'str'
# expect: TypeError a bytes-like object is required, not 'str'
# expect: TypeError sequence item 0: expected a bytes-like object, int found
# expect: TypeError a bytes-like object is required, not 'str'
# expect: TypeError startswith first arg must be bytes or a tuple of bytes, not str
# expect: ValueError translation table must be 256 characters long
# expect: ValueError empty separator
# expect: ValueError maketrans arguments must have same length
# expect: ValueError empty separator
# expect: AttributeError 'bytes' object has no attribute 'nope'
