"""Identifiers are normalised with NFKC."""
变量 = 1
π = 3.14
café = "composed"
print(变量, π, café)  # expect: 1 3.14 composed
exec("cafe\u0301_2 = 5")
print(globals()["caf\u00e9_2"], "cafe\u0301_2" in globals())  # expect: 5 False
𝐱 = 7
print(x, "x" in globals())  # expect: 7 True
class C:
    ªttr = 1
print(C.attr, hasattr(C, "attr"), getattr(C, "ªttr", "getattr does not normalise"))  # expect: 1 True getattr does not normalise
def f(ｋｅｙ=1): return key
print(f(key=5), f.__code__.co_varnames)  # expect: 5 ('key',)
print("π".isidentifier(), "2π".isidentifier(), "a-b".isidentifier(), "".isidentifier(), "class".isidentifier(), "℘".isidentifier(), "ªb".isidentifier())
# expect: True False False False True True True
for source in "a² = 1", "x€ = 1", "😀 = 1", "a\u200b = 1":
    try:
        compile(source, "i", "exec")
        print("ok")
    except SyntaxError as error:
        print(error.msg)
# expect: invalid character '²' (U+00B2)
# expect: invalid character '€' (U+20AC)
# expect: invalid character '😀' (U+1F600)
# expect: invalid non-printable character U+200B
