"""Ordering, equality and dict use of strings built in different ways."""
a = "".join(["h", "e", "llo"])
b = "hello"
c = b"hello".decode()
d = "hxllo".replace("x", "e")
print(a == b == c == d, len({a, b, c, d}), {a: 1}[d], hash(a) == hash(c), a is not None)  # expect: True 1 1 True True
print("a" < "b", "a" < "B", "abc" < "abcd", "" < "a", "é" > "z", "\uffff" < "\U00010000", "10" < "9", "Z" < "a" < "z" < "é" < "日" < "😀")
# expect: True False True True True True True True
print(sorted(["b", "a", "C", "ä", "1", "", "aa", "A"]), max("apple", "banana"), min(["x", "", "y"]), sorted("hello", reverse=True), "abc" == 'abc' == """abc""", "abc" != "abd", not "a" == "b")
# expect: ['', '1', 'A', 'C', 'a', 'aa', 'b', 'ä'] banana  ['o', 'l', 'l', 'h', 'e'] True True True
print("a" == b"a", "1" == 1, "a" in ["a"], "" in "", "a" not in "xyz", "é" == "e\u0301", "ß" == "ss", "\x61" == "a", "K" == "\u212a")
# expect: False False True True True False False True False
d = {}
for w in ("one", "two", "".join("one"), "TWO".lower(), "th" + "ree"): d[w] = d.get(w, 0) + 1
print(d, "one" in d, "o" + "ne" in d, d.get("thr" + "ee"))  # expect: {'one': 2, 'two': 2, 'three': 1} True True 1
class S(str):
    def __eq__(self, o): return "custom"
    def __hash__(self): return str.__hash__(self)
print(S("a") == "a", "a" == S("a"), S("a") in ["b"], {S("k"): 1}.get("k"), S("x") < "y", S("ab")[0] == "a")  # expect: custom custom True 1 True True
class T(str): pass
print(T("a") == "a", {T("a"): 1}["a"], T("a") + "b", type(T("a")[:]).__name__, type(str(T("a"))).__name__, T("b") > "a", "".join([T("x"), "y"]))
# expect: True 1 ab str str True xy
long1, long2 = "x" * 10000 + "a", "x" * 10000 + "b"
print(long1 < long2, long1 == long2, long1[:-1] == long2[:-1], hash(long1[:-1]) == hash("x" * 10000), long1 in {long1}, long1.startswith(long2[:-1]))
# expect: True False True True True True
