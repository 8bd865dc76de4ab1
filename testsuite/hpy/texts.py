# Texts and bytes: made, read, encoded and decoded.
import texts


def tried(name, *args):
    try:
        return getattr(texts, name)(*args)
    except Exception as error:
        return f"{type(error).__name__}({error})"


class Text(str):
    pass


class Data(bytes):
    pass


VALUES = [b"", b"abc", b"a\0b", bytes(range(250, 256)), Data(b"xyz")]
for name in "bytes_size bytes_quick bytes_until_zero ends_in_zero checks".split():
    print(name, [tried(name, value) for value in VALUES])
# expect: bytes_size [0, 3, 3, 6, 3]
# expect: bytes_quick [b'', b'bc', b'\x00b', b'\xfb\xfc\xfd\xfe\xff', b'yz']
# expect: bytes_until_zero [b'', b'abc', b'a', b'\xfa\xfb\xfc\xfd\xfe\xff', b'xyz']
# expect: ends_in_zero [True, True, True, True, True]
# expect: checks [(1, 0), (1, 0), (1, 0), (1, 0), (1, 0)]
for name in "bytes_size bytes_until_zero ends_in_zero".split():
    print(name, tried(name, "text"), tried(name, bytearray(b"x")), tried(name, None))
# expect: bytes_size TypeError(expected bytes, str found) TypeError(expected bytes, bytearray found) TypeError(expected bytes, NoneType found)
# expect: bytes_until_zero TypeError(expected bytes, str found) TypeError(expected bytes, bytearray found) TypeError(expected bytes, NoneType found)
# expect: ends_in_zero TypeError(expected bytes, str found) TypeError(expected bytes, bytearray found) TypeError(expected bytes, NoneType found)
print(tried("bytes_of_size", 3), tried("bytes_of_size", -1), tried("bytes_of_size", 0))
# expect: ValueError(NULL char * passed to HPyBytes_FromStringAndSize) ValueError(NULL char * passed to HPyBytes_FromStringAndSize) ValueError(NULL char * passed to HPyBytes_FromStringAndSize)

print([tried("from_string", "añb€😀".encode()), tried("from_string", b"\xff"), tried("from_string", b""), tried("from_string", b"a\0b")])
# expect: ['añb€😀', "UnicodeDecodeError('utf-8' codec can't decode byte 0xff in position 0: invalid start byte)", '', 'a']
WORDS = ["", "abc", "añb", "a€", "😀", "a\0b", "\ud800", Text("sub"), "x" * 5 + "é" * 3]
for name in "utf8 as_utf8 as_ascii as_latin1 encode_fs".split():
    print(name, [tried(name, word) for word in WORDS])
# expect: utf8 [b'', b'abc', b'a\xc3\xb1b', b'a\xe2\x82\xac', b'\xf0\x9f\x98\x80', b'a\x00b', "UnicodeEncodeError('utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed)", b'sub', b'xxxxx\xc3\xa9\xc3\xa9\xc3\xa9']
# expect: as_utf8 [b'', b'abc', b'a\xc3\xb1b', b'a\xe2\x82\xac', b'\xf0\x9f\x98\x80', b'a\x00b', "UnicodeEncodeError('utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed)", b'sub', b'xxxxx\xc3\xa9\xc3\xa9\xc3\xa9']
# expect: as_ascii [b'', b'abc', "UnicodeEncodeError('ascii' codec can't encode character '\\xf1' in position 1: ordinal not in range(128))", "UnicodeEncodeError('ascii' codec can't encode character '\\u20ac' in position 1: ordinal not in range(128))", "UnicodeEncodeError('ascii' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(128))", b'a\x00b', "UnicodeEncodeError('ascii' codec can't encode character '\\ud800' in position 0: ordinal not in range(128))", b'sub', "UnicodeEncodeError('ascii' codec can't encode characters in position 5-7: ordinal not in range(128))"]
# expect: as_latin1 [b'', b'abc', b'a\xf1b', "UnicodeEncodeError('latin-1' codec can't encode character '\\u20ac' in position 1: ordinal not in range(256))", "UnicodeEncodeError('latin-1' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(256))", b'a\x00b', "UnicodeEncodeError('latin-1' codec can't encode character '\\ud800' in position 0: ordinal not in range(256))", b'sub', b'xxxxx\xe9\xe9\xe9']
# expect: encode_fs [b'', b'abc', b'a\xc3\xb1b', b'a\xe2\x82\xac', b'\xf0\x9f\x98\x80', b'a\x00b', "UnicodeEncodeError('utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed)", b'sub', b'xxxxx\xc3\xa9\xc3\xa9\xc3\xa9']
for name in "utf8 as_utf8 as_ascii as_latin1 encode_fs".split():
    print(name, tried(name, b"x"), tried(name, 3))
# expect: utf8 TypeError(bad argument type for built-in operation) TypeError(bad argument type for built-in operation)
# expect: as_utf8 TypeError(bad argument type for built-in operation) TypeError(bad argument type for built-in operation)
# expect: as_ascii TypeError(bad argument type for built-in operation) TypeError(bad argument type for built-in operation)
# expect: as_latin1 TypeError(bad argument type for built-in operation) TypeError(bad argument type for built-in operation)
# expect: encode_fs TypeError(bad argument type for built-in operation) TypeError(bad argument type for built-in operation)
print(texts.encode_fs("\udcff\udc80x"), texts.decode_fs(b"\xff\x80x") == "\udcff\udc80x", texts.decode_fs_size(b"a\0\xff") == "a\0\udcff")
# expect: b'\xff\x80x' True True
print([tried("decode_fs", "añ".encode()), tried("decode_fs_size", b""), tried("decode_fs", b"a\0b")])  # expect: ['añ', '', 'a']
print([tried("decode_ascii", b"abc"), tried("decode_ascii", b"a\0b"), tried("decode_ascii", b"\xff"), tried("decode_ascii", b"\xffx", "ignore")])
# expect: ['abc', 'a\x00b', "UnicodeDecodeError('ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128))", 'x']
print([tried("decode_ascii", b"\xffx", "replace"), tried("decode_ascii", b"\xff", "no such"), tried("decode_ascii", b"", "no such")])
# expect: ['�x', "LookupError(unknown error handler name 'no such')", '']
print([tried("decode_latin1", b"\xe9\xff\0"), tried("decode_latin1", b""), tried("decode_latin1", b"\xff", "strict")])
# expect: ['éÿ\x00', '', 'ÿ']
print([tried("decode", "é".encode()), tried("decode", b"\xff"), tried("decode", b"\xff", None, "replace"), tried("decode", b"\xe9", "latin-1")])
# expect: ['é', "UnicodeDecodeError('utf-8' codec can't decode byte 0xff in position 0: invalid start byte)", '�', 'é']
print([tried("decode", bytearray(b"abc"), "ascii", "strict"), tried("decode", memoryview(b"abc")), tried("decode", "str"), tried("decode", 3)])
# expect: ['abc', 'abc', 'TypeError(decoding str is not supported)', 'TypeError(decoding to str: need a bytes-like object, int found)']
print([tried("decode", b"a\x00b\x00", "utf-16-le"), tried("decode", b"x", "no such"), tried("decode", b""), tried("decode", b"", "no such")])
# expect: ['ab', 'LookupError(unknown encoding: no such)', '', '']
for word in WORDS[:5]:
    print([tried("read_char", word, at) for at in (0, 1, -1, 9)], [tried("substring", word, *ends) for ends in ((0, 1), (1, 99), (2, 1), (0, 0))])
# expect: ['IndexError(string index out of range)', 'IndexError(string index out of range)', 'IndexError(string index out of range)', 'IndexError(string index out of range)'] ['', '', '', '']
# expect: [97, 98, 'IndexError(string index out of range)', 'IndexError(string index out of range)'] ['a', 'bc', '', '']
# expect: [97, 241, 'IndexError(string index out of range)', 'IndexError(string index out of range)'] ['a', 'ñb', '', '']
# expect: [97, 8364, 'IndexError(string index out of range)', 'IndexError(string index out of range)'] ['a', '€', '', '']
# expect: [128512, 'IndexError(string index out of range)', 'IndexError(string index out of range)', 'IndexError(string index out of range)'] ['😀', '', '', '']
print(tried("substring", "abc", -1, 2), tried("substring", "abc", 0, -1), tried("substring", Text("abc"), 1, 2), type(texts.substring(Text("abc"), 0, 3)))
# expect: IndexError(string index out of range) IndexError(string index out of range) b <class 'str'>
print([tried("wide", n) for n in (0, 1, 2, 4, -1)])  # expect: ['', 'a', 'aé', 'aé€😀', 'aé€😀 and more']
print(texts.format("añ"), texts.format([1, "x"]))
# expect: text|cut|   42|-0042|ff|c|%|1234567890123|7|añ|'añ'|'a\xf1'|añ text|cut|   42|-0042|ff|c|%|1234567890123|7|[1, 'x']|[1, 'x']|[1, 'x']|[1
print(tried("error", "añ"))  # expect: ValueError(3 of añ at 0x0)
