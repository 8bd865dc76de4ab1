"""Operators and indexing of str."""
s = "abc"
print(s + "d", s * 3, 2 * s, s * 0 == "", s * -1 == "", s[1], s[-1], s[0:2], len(s), "b" in s, s < "abd", s == 'abc', s != "ABC")
# expect: abcd abcabcabc abcabc True True b c ab 3 True True True True
s += "!"
print(s, [c for c in "aé😀"], len("aé😀"), max("hello"), sorted("cab"), list(enumerate("ab")), "".join(reversed("abc")))
# expect: abc! ['a', 'é', '😀'] 3 o ['a', 'b', 'c'] [(0, 'a'), (1, 'b')] cba
print("a,b,,c".split(","), " a  b ".split(), " a  b ".split(" "), "-".join("abc"), "abc".replace("b", "xx"), "abcabc".find("c", 3), "x".center(5, "*"))
# expect: ['a', 'b', '', 'c'] ['a', 'b'] ['', 'a', '', 'b', ''] a-b-c axxc 5 **x**
print("%s" % "é", "é" == "\u00e9", "é" == "e\u0301", len("e\u0301"), "ß".upper(), "İ".lower() == "i̇", "ǆ".title(), "ﬁ".upper())
# expect: é True False 2 SS True ǅ FI
print(hash("a") == hash("a"), "a" is not None, "abc" "def", "a" < "b" < "c", "" < "a", "Z" < "a")  # expect: True True abcdef True True True
for source in "'a' + 1", "'a' * 'b'", "'abc'[5]", "'abc'['a']", "'a' - 'b'", "'a'.nope", "len(5)", "'a' < 1", "''.join([1, 2])", "'abc'.index('z')", "chr(0x110000)", "ord('')", "'a'.split('')", "'x'.encode('nope')", "'é'.encode('ascii')":
    try:
        eval(source)
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError can only concatenate str (not "int") to str
# expect: TypeError can't multiply sequence by non-int of type 'str'
# expect: IndexError string index out of range
# expect: TypeError string indices must be integers, not 'str'
# expect: TypeError unsupported operand type(s) for -: 'str' and 'str'
# expect: AttributeError 'str' object has no attribute 'nope'
# expect: TypeError object of type 'int' has no len()
# expect: TypeError '<' not supported between instances of 'str' and 'int'
# expect: TypeError sequence item 0: expected str instance, int found
# expect: ValueError substring not found
# expect: ValueError chr() arg not in range(0x110000)
# expect: TypeError ord() expected a character, but string of length 0 found
# expect: ValueError empty separator
# expect: LookupError unknown encoding: nope
# expect: UnicodeEncodeError 'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128)
t = "x" * 1000
print(len(t), len(t + t), t == "x" * 999 + "x", t.count("x"), ("ab" * 500).count("ba"))  # expect: 1000 2000 True 1000 499
r = ""
for i in range(300):
    r += chr(97 + i % 26)
print(len(r), r[:30], r[-3:], r.find("zab"))  # expect: 300 abcdefghijklmnopqrstuvwxyzabcd lmn 25
