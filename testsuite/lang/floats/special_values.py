"""inf and nan."""
inf, nan = float("inf"), float("nan")
print(inf, -inf, nan, -nan, inf - inf, inf * 0)  # expect: inf -inf nan nan nan nan
print(nan == nan, nan != nan, nan < 1, nan > 1, nan is nan, nan in [nan], [nan] == [nan])  # expect: False True False False True True True
print(inf == inf, inf > 10 ** 308, -inf < inf, inf + 1 == inf, 1 / inf, -1 / inf)  # expect: True True True True 0.0 -0.0
print(float("Infinity"), float("-INF"), float("NaN"), float("+nan"), float(" 1e5 "))  # expect: inf -inf nan nan 100000.0
print(max(1, nan), max(nan, 1) != max(nan, 1), min(inf, 1))  # expect: 1 True 1
print(inf // 1, 1 // inf, -1 // inf, 1 % inf, -1 % inf)  # expect: nan 0.0 -1.0 1.0 inf
print(1e308 * 10, -1e308 * 10, 1e-308 / 1e10 / 1e10)  # expect: inf -inf 0.0
print(inf ** 0, nan ** 0, 1 ** nan, 0.0 ** inf, 2 ** -inf, (-1) ** inf)  # expect: 1.0 1.0 1.0 0.0 0.0 1.0
print(bool(nan), bool(-0.0), 0.0 == -0.0, str(-0.0))  # expect: True False True -0.0
print(round(inf - 0.5, 2), abs(-inf), -(-inf))  # expect: inf inf inf
for f in (int, round):
    for v in (inf, nan):
        try:
            f(v)
        except (OverflowError, ValueError) as error:
            print(type(error).__name__, error)
# expect: OverflowError cannot convert float infinity to integer
# expect: ValueError cannot convert float NaN to integer
# expect: OverflowError cannot convert float infinity to integer
# expect: ValueError cannot convert float NaN to integer
