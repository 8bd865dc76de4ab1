# min-python: 3.14
"""Texts of ZeroDivisionError: one for every kind of number."""
def text(expression):
    try:
        return eval(expression)
    except ZeroDivisionError as error:
        return error


print(text("1 / 0"))  # expect: division by zero
print(text("1 // 0"))  # expect: division by zero
print(text("1 % 0"))  # expect: division by zero
print(text("divmod(1, 0)"))  # expect: division by zero
print(text("10 ** 40 % 0"))  # expect: division by zero
print(text("1.0 / 0"))  # expect: division by zero
print(text("1.0 // 0"))  # expect: division by zero
print(text("1.0 % 0"))  # expect: division by zero
print(text("divmod(1.0, 0.0)"))  # expect: division by zero
print(text("1j / 0"))  # expect: division by zero
print(text("0 ** -1"))  # expect: zero to a negative power
print(text("0.0 ** -1"))  # expect: zero to a negative power
print(text("0j ** -1"))  # expect: zero to a negative or complex power
