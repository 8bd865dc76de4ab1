"""pow with two and three arguments."""
print(pow(2, 10), pow(2, -2), pow(-2, 3), pow(0, 0))  # expect: 1024 0.25 -8 1
print(pow(3, 200, 13), pow(3, 0, 1), pow(3, 5, -7), pow(-3, 5, 7), pow(-3, 5, -7))  # expect: 9 0 -2 2 -5
print(pow(38, -1, 97), pow(38, -2, 97), 38 * pow(38, -1, 97) % 97)  # expect: 23 44 1
print(pow(2, 1000, 10 ** 9 + 7), pow(12345678901234567890, 98765, 10 ** 20 + 39))  # expect: 688423210 81671834944732264898
print(pow(base=2, exp=5, mod=7), pow(2, 5, mod=None))  # expect: 4 32
for args in (2, 5, 0), (2, -1, 4), (2.0, 3, 5), (2, 3.0, 5), ("a", 2), (2, "a"):
    try:
        print(pow(*args))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
# expect: ValueError: pow() 3rd argument cannot be 0
# expect: ValueError: base is not invertible for the given modulus
# expect: TypeError: pow() 3rd argument not allowed unless all arguments are integers
# expect: TypeError: pow() 3rd argument not allowed unless all arguments are integers
# expect: TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'
# expect: TypeError: unsupported operand type(s) for ** or pow(): 'int' and 'str'
print(pow(7, 1, 1), pow(0, -1, 1), pow(True, True, 2))  # expect: 0 0 1
print(2 ** 200 % (2 ** 61 - 1))  # expect: 131072
