"""Integer literals in every base, with underscores."""
print(0, 00, 0_0, 1_000_000)  # expect: 0 0 0 1000000
print(0x1F, 0XfF, 0x_dead_beef)  # expect: 31 255 3735928559
print(0o17, 0O777, 0o_1_2)  # expect: 15 511 10
print(0b101, 0B11, 0b_1111_0000)  # expect: 5 3 240
print(-0, +5, -5, --5, ~0, ~-1)  # expect: 0 5 -5 5 -1 0
print(123456789012345678901234567890)  # expect: 123456789012345678901234567890
print(0xffffffffffffffff, -0x8000000000000000)  # expect: 18446744073709551615 -9223372036854775808
print(9223372036854775807 + 1, -9223372036854775808 - 1)  # expect: 9223372036854775808 -9223372036854775809
print(4611686018427387903 + 1, -4611686018427387904 - 1)  # expect: 4611686018427387904 -4611686018427387905
for text in "0777", "1__0", "_1", "1_", "0x", "0b2", "0o8", "1a":
    try:
        print(text, eval(text))
    except SyntaxError as error:
        print(text, "SyntaxError")
    except NameError as error:
        print(text, "NameError:", error)
# expect: 0777 SyntaxError
# expect: 1__0 SyntaxError
# expect: _1 NameError: name '_1' is not defined
# expect: 1_ SyntaxError
# expect: 0x SyntaxError
# expect: 0b2 SyntaxError
# expect: 0o8 SyntaxError
# expect: 1a SyntaxError
print(1 .real, 1..real, (1).bit_length())  # expect: 1 1.0 1
print(1if 1else 2)  # expect: 1
