"""int against float compares exact values."""
print(1 == 1.0, 2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53)  # expect: True True False
print(2 ** 53 + 1 > 2.0 ** 53, 2 ** 63 == 2.0 ** 63, 2 ** 63 - 1 < 2.0 ** 63)  # expect: True True True
print(10 ** 22 == 1e22, 10 ** 23 == 1e23, 10 ** 23 < 1e23, 10 ** 23 > 1e23)  # expect: True False False True
inf, nan = float("inf"), float("nan")
print(10 ** 400 < inf, -10 ** 400 > -inf, 0 == nan, 0 < nan, 0 != nan)  # expect: True True False False True
print(1 < 1.5 < 2, 3 > 2.9999999999999996, 1 <= True, True == 1.0)  # expect: True True True True
print(hash(1) == hash(1.0) == hash(True), hash(2 ** 63) == hash(2.0 ** 63))  # expect: True True
print(max(1, 1.0, True), max(True, 1), min(1.0, 1))  # expect: 1 True 1.0
print(sorted([3, 1.5, True, -2.5, 2 ** 70, -inf]))  # expect: [-inf, -2.5, True, 1.5, 3, 1180591620717411303424]
