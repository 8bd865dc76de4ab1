"""Complex operators."""
a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b)  # expect: (4+2j) (2+6j) (11-2j) (-1+2j)
print(a ** 2, a ** 0, a ** -1, a ** b == a ** b, abs(a), -a, +a)  # expect: (-7+24j) (1+0j) (0.12-0.16j) True 5.0 (-3-4j) (3+4j)
print(a == 3 + 4j, a != b, a == 5, 5 + 0j == 5, 1 + 0j == True)  # expect: True True False True True
print(a.conjugate(), a.real, a.imag, bool(0j), bool(1e-300j))  # expect: (3-4j) 3.0 4.0 False True
print(a + 1, 1 + a, a * 2, 2.5 * a, a - 0.5, 1 / (1 + 1j))  # expect: (4+4j) (4+4j) (6+8j) (7.5+10j) (2.5+4j) (0.5-0.5j)
print(1j ** 2, 1j * 1j, (1 + 1j) ** 3, 2 ** 1j == 2 ** 1j)  # expect: (-1+0j) (-1+0j) (-2+2j) True
print(complex(1, 2), complex("1+2j"), complex("-1.5j"), complex("(3+4j)"), complex(2.5))  # expect: (1+2j) (1+2j) -1.5j (3+4j) (2.5+0j)
for expression in "a < b", "a // b", "a % b", "int(a)", "float(a)", "divmod(a, b)", "complex('1 + 2j')", "complex('a')", "round(a)":
    try:
        print(eval(expression))
    except (TypeError, ValueError) as error:
        print(f"{type(error).__name__}: {error}")
# expect: TypeError: '<' not supported between instances of 'complex' and 'complex'
# expect: TypeError: unsupported operand type(s) for //: 'complex' and 'complex'
# expect: TypeError: unsupported operand type(s) for %: 'complex' and 'complex'
# expect: TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'
# expect: TypeError: float() argument must be a string or a real number, not 'complex'
# expect: TypeError: unsupported operand type(s) for divmod(): 'complex' and 'complex'
# expect: ValueError: complex() arg is a malformed string
# expect: ValueError: complex() arg is a malformed string
# expect: TypeError: type complex doesn't define __round__ method
print(hash(a) == hash(complex(3, 4)), {5 + 0j: 1}[5])  # expect: True 1
