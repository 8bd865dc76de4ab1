"""math functions on ordinary and special values."""
import math
from math import *
print(sqrt(2), pow(2, 0.5), exp(1), log(10), log(8, 2), log2(1024), log10(0.001), log1p(1e-10), expm1(1e-10), sin(1), cos(pi), tan(0.5), asin(1), acos(-1), atan2(-1, -1), sinh(1), tanh(0.5), acosh(2), degrees(pi), radians(180), hypot(3, 4), hypot(1, 2, 2), dist([1, 2], [4, 6]), gamma(5), round(lgamma(10), 12), erf(0.5), round(cbrt(27), 12), exp2(3))
# expect: 1.4142135623730951 1.4142135623730951 2.718281828459045 2.302585092994046 3.0 10.0 -3.0 9.999999999500001e-11 1.00000000005e-10 0.8414709848078965 -1.0 0.5463024898437905 1.5707963267948966 3.141592653589793 -2.356194490192345 1.1752011936438014 0.46211715726000974 1.3169578969248166 180.0 3.141592653589793 5.0 3.0 5.0 24.0 12.801827480081 0.5204998778130465 3.0 8.0
print(floor(-1.5), ceil(-1.5), trunc(-1.5), fabs(-2), fmod(-7, 3), remainder(7, 4), modf(-2.5), frexp(8), ldexp(0.5, 4), copysign(1, -0.0), nextafter(1, 2), ulp(1.0), isclose(0.1 + 0.2, 0.3), isinf(inf), isnan(nan), isfinite(1), fsum([0.1] * 10), prod([1, 2, 3]), prod([], start=5), sumprod([1, 2], [3, 4]), fma(2, 3, 4))
# expect: -2 -1 -1 2.0 -1.0 -1.0 (-0.5, -2.0) (0.5, 4) 8.0 -1.0 1.0000000000000002 2.220446049250313e-16 True True True True 1.0 6 5 11 10.0
print(factorial(20), factorial(0), gcd(12, 18, 27), lcm(4, 6), gcd(), comb(10, 3), comb(3, 5), perm(5, 2), perm(4), isqrt(10 ** 20 + 1), isqrt(0), gcd(-4, 6), log(10 ** 400), log2(2 ** 5000), sqrt(10 ** 300), floor(1e20), ceil(10 ** 30))
# expect: 2432902008176640000 1 3 12 0 120 0 20 24 10000000000 0 2 921.0340371976182 5000.0 1e+150 100000000000000000000 1000000000000000000000000000000
print(pi, e, tau, inf, nan, exp(-1000), atan(inf), pow(0, 0), pow(1, nan), hypot(inf, nan), fmod(5, inf), log(inf), copysign(nan, -1) != 0)
# expect: 3.141592653589793 2.718281828459045 6.283185307179586 inf nan 0.0 1.5707963267948966 1.0 1.0 inf 5.0 inf True
for call in lambda: sqrt(-1), lambda: log(0), lambda: log(-1), lambda: exp(1000), lambda: pow(0, -1), lambda: pow(-1, 0.5), lambda: acos(2), lambda: factorial(-1), lambda: factorial(1.5), lambda: sqrt("4"), lambda: floor("a"), lambda: gcd(1.5), lambda: comb(-1, 2), lambda: isqrt(-1), lambda: fmod(1, 0), lambda: gamma(0), lambda: isclose(1, 1, rel_tol=-1), lambda: log(2, 1), lambda: ldexp(1, 10 ** 10), lambda: sumprod([1], [1, 2]), lambda: dist([1], [1, 2]), lambda: floor(nan), lambda: floor(inf), lambda: prod(5), lambda: cos(inf), lambda: sqrt(None), lambda: hypot("a"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: OverflowError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ZeroDivisionError
# expect: OverflowError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: OverflowError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: TypeError
class F:
    def __floor__(self): return "F"
    def __float__(self): return 4.0
print(floor(F()), sqrt(F()), math.floor(True), trunc(7))  # expect: F 2.0 1 7
