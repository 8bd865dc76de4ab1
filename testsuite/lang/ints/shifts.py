"""Shifts with big values and bad counts."""
print(1 << 64, 1 << 100, -1 << 100, 0 << 1000)  # expect: 18446744073709551616 1267650600228229401496703205376 -1267650600228229401496703205376 0
print((1 << 100) >> 99, (-1 << 100) >> 99, -(1 << 100) - 1 >> 100)  # expect: 2 -2 -2
print(12345678901234567890 >> 3, -12345678901234567890 >> 3)  # expect: 1543209862654320986 -1543209862654320987
print(5 >> 10 ** 30, -5 >> 10 ** 30, 0 << 10 ** 30)  # expect: 0 -1 0
print(True << 3, 3 << True)  # expect: 8 6
for expression in "1 << -1", "1 >> -1", "1 << 1.0", "1.0 >> 1", "'a' << 1", "0 << -1":
    try:
        print(eval(expression))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
# expect: ValueError: negative shift count
# expect: ValueError: negative shift count
# expect: TypeError: unsupported operand type(s) for <<: 'int' and 'float'
# expect: TypeError: unsupported operand type(s) for >>: 'float' and 'int'
# expect: TypeError: unsupported operand type(s) for <<: 'str' and 'int'
# expect: ValueError: negative shift count
x = 3
x <<= 70
print(x)  # expect: 3541774862152233910272
x >>= 69
print(x)  # expect: 6
