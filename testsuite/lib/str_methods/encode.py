"""encode and decode with error handlers."""
s = "aé€😀"
for codec in "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-8-sig", "ascii", "latin-1", "cp1252", "utf-7", "UTF8", "U8", "unicode_escape", "raw_unicode_escape", "cp437":
    try:
        print(codec, s.encode(codec))
    except UnicodeEncodeError as error:
        print(codec, error)
# expect: utf-8 b'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'
# expect: utf-16-le b'a\x00\xe9\x00\xac =\xd8\x00\xde'
# expect: utf-16-be b'\x00a\x00\xe9 \xac\xd8=\xde\x00'
# expect: utf-32-le b'a\x00\x00\x00\xe9\x00\x00\x00\xac \x00\x00\x00\xf6\x01\x00'
# expect: utf-8-sig b'\xef\xbb\xbfa\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'
# expect: ascii 'ascii' codec can't encode characters in position 1-3: ordinal not in range(128)
# expect: latin-1 'latin-1' codec can't encode characters in position 2-3: ordinal not in range(256)
# expect: cp1252 'charmap' codec can't encode character '\U0001f600' in position 3: character maps to <undefined>
# expect: utf-7 b'a+AOkgrNg93gA-'
# expect: UTF8 b'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'
# expect: U8 b'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'
# expect: unicode_escape b'a\\xe9\\u20ac\\U0001f600'
# expect: raw_unicode_escape b'a\xe9\\u20ac\\U0001f600'
# expect: cp437 'charmap' codec can't encode characters in position 2-3: character maps to <undefined>
for errors in "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace", "strict", "bogus":
    try:
        print(errors, s.encode("ascii", errors))
    except (UnicodeEncodeError, LookupError) as error:
        print(errors, type(error).__name__, error)
# expect: ignore b'a'
# expect: replace b'a???'
# expect: xmlcharrefreplace b'a&#233;&#8364;&#128512;'
# expect: backslashreplace b'a\\xe9\\u20ac\\U0001f600'
# expect: namereplace b'a\\N{LATIN SMALL LETTER E WITH ACUTE}\\N{EURO SIGN}\\N{GRINNING FACE}'
# expect: strict UnicodeEncodeError 'ascii' codec can't encode characters in position 1-3: ordinal not in range(128)
# expect: bogus LookupError unknown error handler name 'bogus'
for data in b"\xff", b"a\xe9b", b"\xe2\x82", b"\xf0\x9f\x98", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5", b"ok\x80":
    try:
        data.decode()
    except UnicodeDecodeError as error:
        print(error)
# expect: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
# expect: 'utf-8' codec can't decode byte 0xe9 in position 1: invalid continuation byte
# expect: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data
# expect: 'utf-8' codec can't decode bytes in position 0-2: unexpected end of data
# expect: 'utf-8' codec can't decode byte 0xc0 in position 0: invalid start byte
# expect: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte
# expect: 'utf-8' codec can't decode byte 0xf5 in position 0: invalid start byte
# expect: 'utf-8' codec can't decode byte 0x80 in position 2: invalid start byte
print(b"a\xffb\xe2\x82".decode("utf-8", "replace") == "a\ufffdb\ufffd", b"a\xffb".decode(errors="ignore"), b"a\xff".decode("utf-8", "backslashreplace"), b"\xff".decode("latin-1"), b"\xef\xbb\xbfx".decode("utf-8-sig"), ascii(b"\xef\xbb\xbfx".decode()), b"\xff\xfeA\0".decode("utf-16"), "é".encode("utf-16")[:2])
# expect: True ab a\xff ÿ x '\ufeffx' A b'\xff\xfe'
try:
    b"a".decode("no-such-codec")
except LookupError as error:
    print(error)  # expect: unknown encoding: no-such-codec
try:
    b"\x80".decode("ascii")
except UnicodeDecodeError as error:
    print(error, error.start, error.end, error.reason, error.encoding, error.object)
    # expect: 'ascii' codec can't decode byte 0x80 in position 0: ordinal not in range(128) 0 1 ordinal not in range(128) ascii b'\x80'
