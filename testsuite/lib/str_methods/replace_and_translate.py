"""replace, translate, maketrans."""
print("aaa".replace("a", "b"), "aaa".replace("a", "b", 2), "aaa".replace("a", ""), "abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"), "aaa".replace("aa", "b"), "abc".replace("x", "y"), "abc".replace("b", "bb", -1), "é😀é".replace("é", "ab"), "aaa".replace("a", "b", count=1))
# expect: bbb bba  -a-b-c- -a-bc x ba abc abbc ab😀ab baa
t = str.maketrans("abc", "xyz", "d")
print("abcd".translate(t), t == {97: 120, 98: 121, 99: 122, 100: None}, str.maketrans({"a": "long", 98: None}), "abc".translate({97: "AA", 98: 66, 99: None}), "abc".translate({}), "a".translate({"a": "x"}))
# expect: xyz True {97: 'long', 98: None} AAB abc a
class T:
    def __getitem__(self, k):
        if k == 97: raise LookupError
        return chr(k).upper() + "."
print("abc".translate(T()))  # expect: aB.C.
for call in lambda: "a".replace("a"), lambda: "a".replace(1, "b"), lambda: "a".replace("a", None), lambda: str.maketrans("ab", "c"), lambda: str.maketrans("a"), lambda: str.maketrans({"ab": 1}), lambda: "a".translate({97: -1}), lambda: "a".translate({97: 1.5}), lambda: "a".translate(5), lambda: str.maketrans({1.5: "x"}), lambda: "a".replace("a", "b", "c"):
    try:
        print(call())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
# expect: TypeError replace() takes at least 2 positional arguments (1 given)
# expect: TypeError replace() argument 1 must be str, not int
# expect: TypeError replace() argument 2 must be str, not None
# expect: ValueError the first two maketrans arguments must have equal length
# expect: TypeError if you give only one argument to maketrans it must be a dict
# expect: ValueError string keys in translate table must be of length 1
# expect: ValueError character mapping must be in range(0x110000)
# expect: TypeError character mapping must return integer, None or str
# expect: TypeError 'int' object is not subscriptable
# expect: TypeError keys in translate table must be strings or integers
# expect: TypeError 'str' object cannot be interpreted as an integer
