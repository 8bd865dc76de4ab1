"""repr and str of complex numbers."""
print(1j, 0j, complex(0, -0.0), complex(-0.0, 1), complex(-0.0, -0.0))  # expect: 1j 0j -0j (-0+1j) (-0-0j)
print(1 + 1j, 1 - 1j, -1 + 0j, 1.5 + 2j, 1e20 + 1e-5j)  # expect: (1+1j) (1-1j) (-1+0j) (1.5+2j) (1e+20+1e-05j)
print(complex("inf"), complex("nanj"), complex("infinity-infj"), complex(1, float("nan")))  # expect: (inf+0j) nanj (inf-infj) (1+nanj)
print(f"{1 + 2j:.2f}", f"{1.5j:g}", f"{3 - 4j:+.1e}", f"{1 + 2j}", f"{1 + 2j:>12}")  # expect: 1.00+2.00j 0+1.5j +3.0e+00-4.0e+00j (1+2j)       (1+2j)
print([1j, 2 + 1j], str(3 + 0j), repr(1e100 + 1j))  # expect: [1j, (2+1j)] (3+0j) (1e+100+1j)
try:
    f"{1j:d}"
except ValueError as error:
    print(error)  # expect: Unknown format code 'd' for object of type 'complex'
class C:
    def __complex__(self):
        return 3 + 1j
print(complex(C()), complex("1e5+1e-5j"), complex("+j"), complex("-j"))  # expect: (3+1j) (100000+1e-05j) 1j -1j
