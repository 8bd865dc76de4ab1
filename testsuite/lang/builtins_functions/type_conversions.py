"""str, int, float, list, tuple, dict, set, bytes, bool conversions."""
print(str(1.0), str([1, "a"]), str(None), str(b"x"), str((1,)), str({"a": {1}}), repr(str(str)))
# expect: 1.0 [1, 'a'] None b'x' (1,) {'a': {1}} "<class 'str'>"
print(list("ab"), list({1: 2}), list(range(3)), list((1,)), tuple([1, 2]), tuple("ab"), set("aa"), dict([(1, 2)]), dict(["ab", "cd"]), dict(((1, 2), [3, 4])))
# expect: ['a', 'b'] [1] [0, 1, 2] [1] (1, 2) ('a', 'b') {'a'} {1: 2} {'a': 'b', 'c': 'd'} {1: 2, 3: 4}
print(int("5") + float("1.5"), bool("False"), complex("1j"), bytes("a", "ascii"), bytearray(2), frozenset([1]))
# expect: 6.5 True 1j b'a' bytearray(b'\x00\x00') frozenset({1})
for source in "dict([(1, 2, 3)])", "dict(5)", "dict(['a'])", "dict([(1,)])", "dict({}, {})", "list(5)", "tuple(None)", "set(1.5)", "bytes('a')", "bytes(-1)", "bytes([256])", "bytes(['a'])", "bytes(1.5)", "bytes(5, 'ascii')", "bytearray('x')", "str(b'a', 5)", "str('a', 'ascii')", "int([])", "str(1, 2, 3, 4)", "bytes([1, 2, 300])":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError dictionary update sequence element #0 has length 3; 2 is required
# expect: TypeError 'int' object is not iterable
# expect: ValueError dictionary update sequence element #0 has length 1; 2 is required
# expect: ValueError dictionary update sequence element #0 has length 1; 2 is required
# expect: TypeError dict expected at most 1 argument, got 2
# expect: TypeError 'int' object is not iterable
# expect: TypeError 'NoneType' object is not iterable
# expect: TypeError 'float' object is not iterable
# expect: TypeError string argument without an encoding
# expect: ValueError negative count
# expect: ValueError bytes must be in range(0, 256)
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError cannot convert 'float' object to bytes
# expect: TypeError encoding without a string argument
# expect: TypeError string argument without an encoding
# expect: TypeError str() argument 'encoding' must be str, not int
# expect: TypeError decoding str is not supported
# expect: TypeError int() argument must be a string, a bytes-like object or a real number, not 'list'
# expect: TypeError str expected at most 3 arguments, got 4
# expect: ValueError bytes must be in range(0, 256)
class Seq:
    def __len__(self): return 2
    def __getitem__(self, i): return [10, 20][i]
print(list(Seq()), tuple(Seq()), set(Seq()) == {10, 20}, sorted(Seq(), reverse=True), bytes(Seq()))
# expect: [10, 20] (10, 20) True [20, 10] b'\n\x14'
class M:
    def keys(self): return ["x"]
    def __getitem__(self, k): return k + "!"
print(dict(M()), dict(M(), y=1), {**M()})  # expect: {'x': 'x!'} {'x': 'x!', 'y': 1} {'x': 'x!'}
