"""int / int is correctly rounded, also for big operands."""
print(10 ** 400 / 10 ** 399, 10 ** 30 / 3, 3 / 10 ** 30)  # expect: 10.0 3.333333333333333e+29 3e-30
print((2 ** 53 + 1) / 1, (2 ** 54 + 2) / 2, (2 ** 1074) / 2 ** 1074)  # expect: 9007199254740992.0 9007199254740992.0 1.0
print(1 / 2 ** 1074, 1 / 2 ** 1075, 3 / 2 ** 1076)  # expect: 5e-324 0.0 5e-324
print(9007199254740993 / 9007199254740992, -1 / 3, 1 / -3)  # expect: 1.0 -0.3333333333333333 -0.3333333333333333
print(0 / 10 ** 400, -0 / 5, 0 / -5)  # expect: 0.0 0.0 -0.0
for expression in "10 ** 400 / 3", "float(10 ** 400)", "10 ** 400 * 1.0", "10 ** 400 + 0.5":
    try:
        print(eval(expression))
    except OverflowError as error:
        print(error)
# expect: integer division result too large for a float
# expect: int too large to convert to float
# expect: int too large to convert to float
# expect: int too large to convert to float
print(10 ** 400 > 1e308, 10 ** 400 == float("inf"), -10 ** 400 < float("-inf"))  # expect: True False False
