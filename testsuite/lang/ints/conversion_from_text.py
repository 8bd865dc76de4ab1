"""int() of strings and bases."""
print(int("42"), int("  -7\n"), int("+1_000"), int("0"), int("007"))  # expect: 42 -7 1000 0 7
print(int("ff", 16), int("0xff", 16), int("0xFF", 0), int("0b11", 0), int("0o17", 0), int("z", 36))  # expect: 255 255 255 3 15 35
print(int("10", 2), int("-0b10", 2), int("12", base=3), int(b"12"), int(bytearray(b"7")))  # expect: 2 -2 5 12 7
print(int("١٢٣"), int("９"), int())  # expect: 123 9 0
print(int("123456789" * 5), int("-" + "9" * 25))  # expect: 123456789123456789123456789123456789123456789 -9999999999999999999999999
def error(*args, **kwargs):
    try:
        return int(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error(""))  # expect: ValueError: invalid literal for int() with base 10: ''
print(error("1 2"))  # expect: ValueError: invalid literal for int() with base 10: '1 2'
print(error("0x1"))  # expect: ValueError: invalid literal for int() with base 10: '0x1'
print(error("1__2"))  # expect: ValueError: invalid literal for int() with base 10: '1__2'
print(error("12", 2))  # expect: ValueError: invalid literal for int() with base 2: '12'
print(error("010", 0))  # expect: ValueError: invalid literal for int() with base 0: '010'
print(error("1", 1))  # expect: ValueError: int() base must be >= 2 and <= 36, or 0
print(error("1", 37))  # expect: ValueError: int() base must be >= 2 and <= 36, or 0
print(error(12, 10))  # expect: TypeError: int() can't convert non-string with explicit base
print(error("1.5"))  # expect: ValueError: invalid literal for int() with base 10: '1.5'
print(error([]))  # expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'
print(error(None))  # expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
print(error(b"a\xff"))  # expect: ValueError: invalid literal for int() with base 10: b'a\xff'
print(error(float("nan")))  # expect: ValueError: cannot convert float NaN to integer
print(error(float("inf")))  # expect: OverflowError: cannot convert float infinity to integer
print(error(base=10))  # expect: TypeError: int() missing string argument
print(int(3.99), int(-3.99), int(1e20), int(True))  # expect: 3 -3 100000000000000000000 1
