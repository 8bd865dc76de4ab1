"""int and float conversions, is_integer, floor division and comparison around 2**53."""
for v in (0.0, -0.0, 0.5, -0.5, 1.999999, -1.999999, 1e15, 1e16, 2.0 ** 53, 2.0 ** 63, -2.0 ** 63, 1e22, 1e23, 1e300):
    print(v, int(v), int(v) == v, v.is_integer(), v // 1, hash(v) == hash(int(v)) if v.is_integer() else "-")
# expect: 0.0 0 True True 0.0 True
# expect: -0.0 0 True True -0.0 True
# expect: 0.5 0 False False 0.0 -
# expect: -0.5 0 False False -1.0 -
# expect: 1.999999 1 False False 1.0 -
# expect: -1.999999 -1 False False -2.0 -
# expect: 1000000000000000.0 1000000000000000 True True 1000000000000000.0 True
# expect: 1e+16 10000000000000000 True True 1e+16 True
# expect: 9007199254740992.0 9007199254740992 True True 9007199254740992.0 True
# expect: 9.223372036854776e+18 9223372036854775808 True True 9.223372036854776e+18 True
# expect: -9.223372036854776e+18 -9223372036854775808 True True -9.223372036854776e+18 True
# expect: 1e+22 10000000000000000000000 True True 1e+22 True
# expect: 1e+23 99999999999999991611392 True True 1e+23 True
# expect: 1e+300 1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160 True True 1e+300 True
n = 2 ** 53
print(float(n + 1) == n, n + 1 == float(n + 1), n + 1 > float(n), float(n) + 1 == n, (n + 1) / 1, n * 1.0 + 1.0)
# expect: True False True True 9007199254740992.0 9007199254740992.0
print(float("1" * 25), float(10 ** 22), float(10 ** 23), float(2 ** 1023 + 2 ** 970), int(float(10 ** 30)) - 10 ** 30, round(2.5e15), 3.0 == 3, 3.5 // 1 == 3, 7 // 2.0, -7 // 2.0, 7 % 2.5)
# expect: 1.1111111111111111e+24 1e+22 1e+23 8.98846567431158e+307 19884624838656 2500000000000000 True True 3.0 -4.0 2.0
for i in (2 ** 54 - 1, 2 ** 54, 2 ** 54 + 1, 2 ** 54 + 2, 2 ** 54 + 3): print(i, int(float(i)), float(i) > i, float(i) == i)
# expect: 18014398509481983 18014398509481984 True False
# expect: 18014398509481984 18014398509481984 False True
# expect: 18014398509481985 18014398509481984 False False
# expect: 18014398509481986 18014398509481984 False False
# expect: 18014398509481987 18014398509481988 True False
try: float(2 ** 1024)
except OverflowError as e: print(e)  # expect: int too large to convert to float
try: (2 ** 2000) / 3.0
except OverflowError as e: print(e)  # expect: int too large to convert to float
print(2 ** 2000 // 2 ** 1990, 2 ** 2000 / 2 ** 1999, 10 ** 400 > 1e308, sum([2 ** 53, 1.0, 1.0]), sum([1.0] * 3 + [2 ** 53]), max(2 ** 53, 2.0 ** 53 + 2), sorted([2 ** 53 + 1, 2.0 ** 53, 2 ** 53 - 1.0]))
# expect: 1024 2.0 True 9007199254740992.0 9007199254740996.0 9007199254740994.0 [9007199254740991.0, 9007199254740992.0, 9007199254740993]
print([int(x / 10) for x in range(-15, 16, 5)], [x // 10 for x in range(-15, 16, 5)], [round(x / 10) for x in range(-15, 16, 5)], [int(s) for s in ("7", "-0", "+5")], [float(s) for s in ("1e2", "-0", ".5")])
# expect: [-1, -1, 0, 0, 0, 1, 1] [-2, -1, -1, 0, 0, 1, 1] [-2, -1, 0, 0, 0, 1, 2] [7, 0, 5] [100.0, -0.0, 0.5]
