"""Imaginary literals."""
print(1j, 0j, 1.5J, 1e3j, .5j, 1_0j)  # expect: 1j 0j 1.5j 1000j 0.5j 10j
print(1 + 2j, 1 - 2j, -1j, -(1j))  # expect: (1+2j) (1-2j) (-0-1j) (-0-1j)
print((1 + 2j).real, (1 + 2j).imag)  # expect: 1.0 2.0
print(0777j, 09j)  # expect: 777j 9j
print(type(3j).__name__, 3j == complex(0, 3))  # expect: complex True
print(1e100j, 1e-10j)  # expect: 1e+100j 1e-10j
