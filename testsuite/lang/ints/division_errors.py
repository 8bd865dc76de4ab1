"""Division by zero raises for every operator."""
for expression in "1 / 0", "1 // 0", "1 % 0", "divmod(1, 0)", "0 ** -1", "10 ** 30 // 0", "1.0 / 0", "1 % 0.0", "1j / 0":
    try:
        print(eval(expression))
    except ZeroDivisionError as error:
        print(expression, type(error).__name__, isinstance(error, ArithmeticError))
# expect: 1 / 0 ZeroDivisionError True
# expect: 1 // 0 ZeroDivisionError True
# expect: 1 % 0 ZeroDivisionError True
# expect: divmod(1, 0) ZeroDivisionError True
# expect: 0 ** -1 ZeroDivisionError True
# expect: 10 ** 30 // 0 ZeroDivisionError True
# expect: 1.0 / 0 ZeroDivisionError True
# expect: 1 % 0.0 ZeroDivisionError True
# expect: 1j / 0 ZeroDivisionError True
print(0 / 1, 0 // 1, 0 % 1)  # expect: 0.0 0 0
try:
    1 / 0
except ArithmeticError as error:
    print(error)  # expect: division by zero
