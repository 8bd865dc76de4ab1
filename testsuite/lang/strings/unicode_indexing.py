"""Indexing of text with characters of all widths."""
s = "aé日😀z"
print(len(s), [s[i] for i in range(len(s))], s[::-1], s[-2], s[1:4], s[3:])  # expect: 5 ['a', 'é', '日', '😀', 'z'] z😀日éa 😀 é日😀 😀z
print([ord(c) for c in s], [len(c.encode()) for c in s], s.encode("utf-8"), s.encode("utf-16-le").hex(), s.encode("utf-32-be").hex())
# expect: [97, 233, 26085, 128512, 122] [1, 2, 3, 4, 1] b'a\xc3\xa9\xe6\x97\xa5\xf0\x9f\x98\x80z' 6100e900e5653dd800de7a00 00000061000000e9000065e50001f6000000007a
print(s.index("😀"), s.find("z"), s.rfind("a"), s.partition("日"), s.split("é"), "😀" in s, s.count(""))
# expect: 3 4 0 ('aé', '日', '😀z') ['a', '日😀z'] True 6
long = "😀a" * 500
print(len(long), long[999], long[998], long[501:505], long.find("a😀a", 700), long[::-1][:4], long[100:900].count("a"))
# expect: 1000 a 😀 a😀a😀 701 a😀a😀 400
mixed = "".join(chr(c) for c in (65, 0xe9, 0x3b1, 0x20ac, 0xffff, 0x10000, 0x10ffff))
print(len(mixed), ascii(mixed), mixed[4:6] == "\uffff\U00010000", mixed.upper()[2])  # expect: 7 'A\xe9\u03b1\u20ac\uffff\U00010000\U0010ffff' True Α
surrogate = "\ud83d\ude00"
print(len(surrogate), surrogate == "😀", ascii(surrogate))  # expect: 2 False '\ud83d\ude00'
try:
    surrogate.encode("utf-8")
except UnicodeEncodeError as error:
    print(error)  # expect: 'utf-8' codec can't encode characters in position 0-1: surrogates not allowed
print(surrogate.encode("utf-8", "surrogatepass"), "\udcff".encode("utf-8", "surrogateescape"), ascii(b"\xff".decode("utf-8", "surrogateescape")))
# expect: b'\xed\xa0\xbd\xed\xb8\x80' b'\xff' '\udcff'
print("日本".rjust(5, "－"), "é".center(4, "é"), "a😀".ljust(4, "😀"), "😀😁" > "😀", "\uffff" < "\U00010000")  # expect: －－－日本 éééé a😀😀😀 True True
print("e\u0301"[0], repr("e\u0301"[1]), "ñ" in "mañana", "mañana".translate({ord("ñ"): "nn", 97: None}))  # expect: e '́' True mnnn
