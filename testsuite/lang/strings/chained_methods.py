"""Method calls on literals and results."""
print("  Hello World ".strip().lower().replace("o", "0").split(), "a-b-c".upper().split("-")[1].join("xy"), "{} {}".format(*"ab").title())
# expect: ['hell0', 'w0rld'] xBy A B
print([3, 1, 2].__len__(), [1, 2].index(2), {"a": 1}.get("b", "none").upper(), (1, 2, 2).count(2), {1, 2}.union({3}).__len__())
# expect: 3 1 NONE 2 3
print(1 .__add__(2), (5).bit_length(), 5.0.is_integer(), 1e3.hex(), (-3).__abs__(), True.__and__(False), 3j.imag)
# expect: 3 3 True 0x1.f400000000000p+9 3 False 3.0
print("abc".__class__.__name__, "x".__add__("y").__mul__(2).__len__(), [*"ab"].__class__([1]).copy().pop())  # expect: str 4 1
print("a b".split().__iter__().__next__(), dict(a=1).items().__iter__().__next__(), "abc"[1:].startswith("b"), "%d" % [1, 2][0].__add__(1))
# expect: a ('a', 1) True 2
print(str.upper("x"), str.join("-", ["a", "b"]), list.__len__([1]), int.__add__(1, 2), dict.fromkeys("a").keys().__contains__("a"))
# expect: X a-b 1 3 True
print(("a" "b").upper(), b"x".decode().encode().hex(), [[1, 2], [3]][0][1].__str__().zfill(3), (lambda s: s.title)("abc")())  # expect: AB 78 002 Abc
print("x".join("abc").split("x")[::-1].__getitem__(0), "é".encode().decode("latin-1").encode("latin-1").decode(), "a\nb".splitlines()[-1].center(3).strip())
# expect: c é b
print(*map(str.strip, [" a ", "b "]), sep="|")  # expect: a|b
