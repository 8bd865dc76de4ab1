"""cmath."""
import cmath
def r(z): return complex(round(z.real, 10), round(z.imag, 10))
print(cmath.sqrt(-1), r(cmath.exp(1j * cmath.pi)), cmath.phase(-1), cmath.polar(1j), r(cmath.rect(2, cmath.pi / 2)), r(cmath.log(1j)), r(cmath.sin(1j)), r(cmath.acos(2)), cmath.isnan(complex("nan")), cmath.isinf(complex("inf")), cmath.isclose(1 + 1j, 1 + 1.0000000001j), cmath.infj, cmath.log10(100), cmath.sqrt(4), r(cmath.tanh(1 + 1j)))
# expect: 1j (-1+0j) 3.141592653589793 (1.0, 1.5707963267948966) 2j 1.5707963268j 1.1752011936j -1.3169578969j True True True infj (2+0j) (2+0j) (1.0839233273+0.2717525853j)
for call in lambda: cmath.log(0), lambda: cmath.sqrt("x"), lambda: cmath.exp(1000), lambda: cmath.polar(None):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError math domain error
# expect: TypeError must be real number, not str
# expect: OverflowError math range error
# expect: TypeError must be real number, not NoneType
def roots(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)
print(roots(1, 2, 5), [x.real for x in roots(1, -3, 2)])  # expect: ((-1+2j), (-1-2j)) [2.0, 1.0]
def fft(x):
    n = len(x)
    if n == 1: return x
    even, odd = fft(x[::2]), fft(x[1::2])
    t = [cmath.exp(-2j * cmath.pi * k / n) * odd[k] for k in range(n // 2)]
    return [even[k] + t[k] for k in range(n // 2)] + [even[k] - t[k] for k in range(n // 2)]
print([round(abs(v), 6) for v in fft([1, 1, 1, 1, 0, 0, 0, 0])])  # expect: [4.0, 2.613126, 0.0, 1.082392, 0.0, 1.082392, 0.0, 2.613126]
def mandelbrot(c, n=30):
    z = 0
    for i in range(n):
        if abs(z) > 2: return i
        z = z * z + c
    return n
for y in range(-4, 5, 2):
    print("".join(" .:-=+*#%@"[min(9, mandelbrot(complex(x / 8, y / 4)) // 3)] for x in range(-18, 8)) + "|")
# expect:        .........:=@...    |
# expect:    .........:=@@@@@@@-....|
# expect:   @@@@@@@@@@@@@@@@@@@:....|
# expect:    .........:=@@@@@@@-....|
# expect:        .........:=@...    |
