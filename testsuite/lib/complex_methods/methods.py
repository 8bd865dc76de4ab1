"""Methods and constructors of complex."""
z = 3 - 4j
print(z.real, z.imag, z.conjugate(), abs(z), z.__add__(1), z.__eq__(3), z.__bool__(), z.__neg__(), z.__complex__(), z.__pow__(2), z.__hash__() == hash(z), z.__truediv__(2), z.__radd__(1))
# expect: 3.0 -4.0 (3+4j) 5.0 (4-4j) False True (-3+4j) (3-4j) (-7-24j) True (1.5-2j) (4-4j)
print(complex(), complex(1), complex(1, 2), complex(1.5, -0.0), complex("1+2j"), complex(" 1j "), complex("1e3-2.5e-1j"), complex(imag=2), complex(real=1), complex(True), complex("infj"), complex("-nanj"), complex("(1j)"))
# expect: 0j (1+0j) (1+2j) (1.5-0j) (1+2j) 1j (1000-0.25j) 2j (1+0j) (1+0j) infj nanj 1j
for text in "", "1+", "j1", "1 +2j", "1+2", "++1j", "1+2jj", "(1", "1j)", "1_0j", "0x1j":
    try:
        print(text, complex(text))
    except ValueError as error:
        print(repr(text), error)
# expect: '' complex() arg is a malformed string
# expect: '1+' complex() arg is a malformed string
# expect: 'j1' complex() arg is a malformed string
# expect: '1 +2j' complex() arg is a malformed string
# expect: '1+2' complex() arg is a malformed string
# expect: '++1j' complex() arg is a malformed string
# expect: '1+2jj' complex() arg is a malformed string
# expect: '(1' complex() arg is a malformed string
# expect: '1j)' complex() arg is a malformed string
# expect: 1_0j 10j
# expect: '0x1j' complex() arg is a malformed string
for source in "z.real.x", "z < z", "z // 1", "int(z)", "float(z)", "z[0]", "z()", "z & 1", "math.floor(z)", "round(z)", "z % 2", "divmod(z, 1)":
    try:
        eval(source, {"z": z, "math": __import__("math")})
    except (TypeError, AttributeError) as error:
        print(error)
# expect: 'float' object has no attribute 'x'
# expect: '<' not supported between instances of 'complex' and 'complex'
# expect: unsupported operand type(s) for //: 'complex' and 'int'
# expect: int() argument must be a string, a bytes-like object or a real number, not 'complex'
# expect: float() argument must be a string or a real number, not 'complex'
# expect: 'complex' object is not subscriptable
# expect: 'complex' object is not callable
# expect: unsupported operand type(s) for &: 'complex' and 'int'
# expect: must be real number, not complex
# expect: type complex doesn't define __round__ method
# expect: unsupported operand type(s) for %: 'complex' and 'int'
# expect: unsupported operand type(s) for divmod(): 'complex' and 'int'
print(sum([1j, 2, 3.5]), sorted([1j, 2], key=abs), {1j: "a"}[0 + 1j], 1j in [1j], z == complex("3-4j"), z != 3, [1j] * 2, f"{z}", str(z), -z)
# expect: (5.5+1j) [1j, 2] a True True True [1j, 1j] (3-4j) (3-4j) (-3+4j)
