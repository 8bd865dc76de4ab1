"""find, index, count, startswith, endswith, in."""
s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("a", 4, 5), s.find("z"), s.find(""), s.find("", 11), s.find("", 12), s.rfind("a"), s.rfind("a", 0, -1), s.rfind(""), s.find("bra", -4))
# expect: 0 3 -1 -1 0 11 -1 10 7 11 8
print(s.count("a"), s.count("abra"), s.count(""), s.count("a", 3), s.count("aa"), "aaaa".count("aa"), s.count("a", -3, -1), "".count(""), "abc".count("", 1, 2))
# expect: 5 2 12 4 0 2 0 1 2
print(s.startswith("abr"), s.startswith(("x", "a")), s.startswith("b", 1), s.startswith("", 20), s.startswith("bra", 1, 3), s.endswith("ra"), s.endswith(("x",)), s.endswith("abra", 8), s.startswith(()), s.endswith("", 0, 0))
# expect: True True True False False True False False False True
print(s.index("c"), s.rindex("b"), s.index("a", 5))  # expect: 4 8 5
for call in lambda: s.index("z"), lambda: s.rindex("q"), lambda: s.find(1), lambda: s.startswith(1), lambda: s.startswith(["a"]), lambda: s.startswith(("a", 1)), lambda: s.startswith(("x", 1)), lambda: s.count(), lambda: s.find("a", "b"), lambda: s.index("a", 1.5):
    try:
        print(call())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
# expect: ValueError substring not found
# expect: ValueError substring not found
# expect: TypeError find() argument 1 must be str, not int
# expect: TypeError startswith first arg must be str or a tuple of str, not int
# expect: TypeError startswith first arg must be str or a tuple of str, not list
# expect: True
# expect: TypeError tuple for startswith must only contain str, not int
# expect: TypeError count expected at least 1 argument, got 0
# expect: TypeError slice indices must be integers or None or have an __index__ method
# expect: TypeError slice indices must be integers or None or have an __index__ method
print(s.find("a", None, None), s.find("a", None, 0), "a" in s, "" in "", "é😀".find("😀"), ("x" * 100 + "y").find("y"), ("ab" * 1000 + "c").rfind("bc"))
# expect: 0 -1 True True 1 100 1999
