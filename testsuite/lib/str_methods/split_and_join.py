"""split, rsplit, splitlines, partition, join."""
print("a b  c".split(), "a b  c".split(" "), " a b ".split(), "".split(), "".split(","), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "a b c d".split(None, 2), " a b c ".split(None, 1), " a b c ".rsplit(None, 1))
# expect: ['a', 'b', 'c'] ['a', 'b', '', 'c'] ['a', 'b'] [] [''] ['a', 'b,c'] ['a,b', 'c'] ['a', 'b', 'c d'] ['a', 'b c '] [' a b', 'c']
print("a--b--c".split("--"), "aaa".split("a"), "aaa".split("aa"), "aaa".rsplit("aa"), "x".split("xyz"), "a,b".split(sep=",", maxsplit=0), "a b".split(maxsplit=-1))
# expect: ['a', 'b', 'c'] ['', '', '', ''] ['', 'a'] ['a', ''] ['x'] ['a,b'] ['a', 'b']
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\n".splitlines(), "a\n\nb".splitlines(True), "".splitlines(), "\n".splitlines(), "a\r\n".splitlines(keepends=True))
# expect: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] ['a\n', '\n', 'b'] [] [''] ['a\r\n']
print("k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("="), "".partition("x"))
# expect: ('k', '=', 'v=w') ('k=v', '=', 'w') ('kv', '', '') ('', '', 'kv') ('', '', '')
print(",".join([]), ",".join(["a"]), ",".join("abc"), "".join(["a", "b"]), ", ".join({"x": 1, "y": 2}), "-".join(c for c in "xyz"), "é".join(["😀", "a"]))
# expect:  a a,b,c ab x, y x-y-z 😀éa
print("\u2003a\u00a0b\x1fc".split(), "1<>2<>3".split("<>"), "a.b.c".rsplit(".", maxsplit=5), "one".rsplit())
# expect: ['a', 'b', 'c'] ['1', '2', '3'] ['a', 'b', 'c'] ['one']
for call in lambda: "a".split(""), lambda: "a".partition(""), lambda: "a".split(1), lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(5), lambda: "a".partition(None), lambda: "a".join(b"b"), lambda: "a".split(",", "b"):
    try:
        print(call())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
# expect: ValueError empty separator
# expect: ValueError empty separator
# expect: TypeError must be str or None, not int
# expect: TypeError sequence item 0: expected str instance, int found
# expect: TypeError sequence item 1: expected str instance, NoneType found
# expect: TypeError can only join an iterable
# expect: TypeError must be str, not NoneType
# expect: TypeError sequence item 0: expected str instance, int found
# expect: TypeError 'str' object cannot be interpreted as an integer
