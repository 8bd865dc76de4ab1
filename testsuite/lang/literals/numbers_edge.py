"""Number literals at their limits and adjacent tokens."""
print(0xF, 0XABCdef, 0b0, 0o0, 00000, 1_2_3, 0x_1, 1e0, 1E+2, 1e-2, .0, 0., 1_0.0_1e1_0, 0e0, 1j, 1.e2j, 0J)
# expect: 15 11259375 0 0 0 123 1 1.0 100.0 0.01 0.0 0.0 100100000000.0 0.0 1j 100j 0j
print(1if True else 2)  # expect: 1
print(1 .bit_length(), 1..is_integer(), 1.0.real, 0x10.bit_length(), (1).real, 1_000 .real, 5 .__add__(6))  # expect: 1 True 1.0 5 1 1000 11
print(9999999999999999, 9999999999999999.0, 0.1e1, 123e-2, 1e23, 1e22, 4.9e-324, 2.4703282292062327e-324, 2.4703282292062328e-324, 1.7976931348623158e308, 1.7976931348623159e308)
# expect: 9999999999999999 1e+16 1.0 1.23 1e+23 1e+22 5e-324 0.0 5e-324 1.7976931348623157e+308 inf
print(-1, - 1, --1, +-+1, ~-1, -0x10, -1e3, -1j, 1-1j, (-1)**2, -1**2, 2**-1, 2**+1, not-1)
# expect: -1 -1 1 -1 0 -16 -1000.0 (-0-1j) (1-1j) 1 -1 0.5 2 False
for s in "1_", "1__0", "_1", "0_", "0x_", "0_x1", "1e", "1e+", "1.2.3", "0b12", "0o8", "0xg", "01", "00", "0_0", "1_.0", "1._0", "1e_1", "0b_", "1__000", "09.5", "1j2", "0x1.8", "1L":
    try: print(s, eval(s))
    except (SyntaxError, NameError) as e: print(s, type(e).__name__)
# expect: 1_ SyntaxError
# expect: 1__0 SyntaxError
# expect: _1 NameError
# expect: 0_ SyntaxError
# expect: 0x_ SyntaxError
# expect: 0_x1 SyntaxError
# expect: 1e SyntaxError
# expect: 1e+ SyntaxError
# expect: 1.2.3 SyntaxError
# expect: 0b12 SyntaxError
# expect: 0o8 SyntaxError
# expect: 0xg SyntaxError
# expect: 01 SyntaxError
# expect: 00 0
# expect: 0_0 0
# expect: 1_.0 SyntaxError
# expect: 1._0 SyntaxError
# expect: 1e_1 SyntaxError
# expect: 0b_ SyntaxError
# expect: 1__000 SyntaxError
# expect: 09.5 9.5
# expect: 1j2 SyntaxError
# expect: 0x1.8 SyntaxError
# expect: 1L SyntaxError
