"""strip, removeprefix, center, ljust, zfill, expandtabs."""
print(repr("  a ".strip()), repr("  a ".lstrip()), repr("  a ".rstrip()), "xxaxx".strip("x"), "abcba".strip("ab"), "mississippi".rstrip("ipz"), repr("\t\n a\u2003".strip()), "a".strip(""), "aaa".strip("a") == "", "x".strip(None))
# expect: 'a' 'a ' '  a' a c mississ 'a' a True x
print("prefix-a".removeprefix("prefix-"), "a".removeprefix("b"), "a.py".removesuffix(".py"), "aa".removesuffix("a"), "a".removesuffix(""))
# expect: a a a a a
print("[" + "a".center(4) + "]", "[" + "ab".center(5) + "]", "a".center(5, "*"), "abc".center(2), "[" + "a".ljust(3) + "]", "a".rjust(3, "."), "é".ljust(3, "日"))
# expect: [ a  ] [  ab ] **a** abc [a  ] ..a é日日
print("5".zfill(3), "-5".zfill(4), "+5".zfill(4), "".zfill(2), "abc".zfill(2), "--5".zfill(5), "-".zfill(3))  # expect: 005 -005 +005 00 abc -00-5 -00
print(repr("a\tb".expandtabs()), repr("\t".expandtabs(4)), repr("ab\tc\td".expandtabs(4)), repr("a\nb\tc".expandtabs(4)), repr("a\tb".expandtabs(0)), repr("a\tb".expandtabs(tabsize=1)))
# expect: 'a       b' '    ' 'ab  c   d' 'a\nb   c' 'ab' 'a b'
for call in lambda: "a".center(5, "ab"), lambda: "a".center("5"), lambda: "a".strip(5), lambda: "a".zfill("x"), lambda: "a".ljust(3, ""), lambda: "a".removeprefix(1), lambda: "a".center(5, b"x"), lambda: "a".expandtabs("x"):
    try:
        print(call())
    except TypeError as error:
        print(error)
# expect: The fill character must be exactly one character long
# expect: 'str' object cannot be interpreted as an integer
# expect: strip arg must be None or str
# expect: 'str' object cannot be interpreted as an integer
# expect: The fill character must be exactly one character long
# expect: removeprefix() argument must be str, not int
# expect: The fill character must be a unicode character, not bytes
# expect: 'str' object cannot be interpreted as an integer
