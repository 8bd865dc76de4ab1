"""repr of strings: quotes, escapes, printable characters."""
for s in "", "'", '"', "'\"", "\\", "\n\t\r", "\0\x1b\x7f", "é", "\x80\x9f\xa0\xad", "\u0378", "\u200b\u2028", "\ud800", "😀", "\U000e0001", "\ufeff", "a'b\"c\\d\n":
    r = repr(s)
    print(r, ascii(s), len(r), eval(r) == s)
# expect: '' '' 2 True
# expect: "'" "'" 3 True
# expect: '"' '"' 3 True
# expect: '\'"' '\'"' 5 True
# expect: '\\' '\\' 4 True
# expect: '\n\t\r' '\n\t\r' 8 True
# expect: '\x00\x1b\x7f' '\x00\x1b\x7f' 14 True
# expect: 'é' '\xe9' 3 True
# expect: '\x80\x9f\xa0\xad' '\x80\x9f\xa0\xad' 18 True
# expect: '\u0378' '\u0378' 8 True
# expect: '\u200b\u2028' '\u200b\u2028' 14 True
# expect: '\ud800' '\ud800' 8 True
# expect: '😀' '\U0001f600' 3 True
# expect: '\U000e0001' '\U000e0001' 12 True
# expect: '\ufeff' '\ufeff' 8 True
# expect: 'a\'b"c\\d\n' 'a\'b"c\\d\n' 13 True
for b in b"", b"'", b'"', b"'\"", b"\\", b"\x00\x7f\x80\xff", b"abc\n":
    print(repr(b), eval(repr(b)) == b, str(b) == repr(b))
# expect: b'' True True
# expect: b"'" True True
# expect: b'"' True True
# expect: b'\'"' True True
# expect: b'\\' True True
# expect: b'\x00\x7f\x80\xff' True True
# expect: b'abc\n' True True
print([("'",)], {"k'": '"'}, ["\n"], ("\\",), {b"'": 1}, str(["é\n"]), f"{'é'!r} {'é'!a} {chr(10)!r}")
# expect: [("'",)] {"k'": '"'} ['\n'] ('\\',) {b"'": 1} ['é\n'] 'é' '\xe9' '\n'
print("tab\tquote' double\" back\\slash", r"raw\n\t'", 'it''s', "it" 's', "a\
b")  # expect: tab	quote' double" back\slash raw\n\t' its its ab
print("\141\x62\u0063\U00000064\N{LATIN SMALL LETTER E}", "-", len("\0123"), len("\x412"), len("\u00e9\u0301"))  # expect: abcde - 2 2 2
print("%r" % "é\n", "%a" % "é", "{!r}".format("'"), "{!a}".format("日"), repr("a" * 5), repr(str), repr(""[0:0]))
# expect: 'é\n' '\xe9' "'" '\u65e5' 'aaaaa' <class 'str'> ''
