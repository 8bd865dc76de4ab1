"""fractions.Fraction."""
from fractions import Fraction as F
import math
print(F(1, 3) + F(1, 6), F(2, 4), F(-1, -2), F(3, -6), F("1/3"), F("-1.25"), F("1e-2"), F(0.5), F(0.1), F(5), F(), F("  7/21 "), repr(F(3, 4)), F(True))
# expect: 1/2 1/2 1/2 -1/2 1/3 -5/4 1/100 1/2 3602879701896397/36028797018963968 5 0 1/3 Fraction(3, 4) 1
a = F(3, 4)
print(a + 1, 1 - a, a * 2, a / 3, 2 / a, a ** 2, a ** -1, a ** 0.5, 2 ** a, a // F(1, 3), a % F(1, 3), divmod(F(7, 2), 2), -a, abs(F(-1, 2)), a == 0.75, a == F(6, 8), a > 0.7, a < 1, hash(F(2)) == hash(2), hash(F(1, 2)) == hash(0.5), a + 0.25, a + 1j)
# expect: 7/4 1/4 3/2 1/4 8/3 9/16 4/3 0.8660254037844386 1.681792830507429 2 1/12 (1, Fraction(3, 2)) -3/4 1/2 True True True True True True 1.0 (0.75+1j)
print(a.numerator, a.denominator, int(F(7, 2)), float(a), round(F(5, 2)), round(F(7, 3), 2), math.floor(F(-7, 2)), math.ceil(F(7, 2)), math.trunc(F(-7, 2)), F(math.pi).limit_denominator(1000), F(1, 3).as_integer_ratio(), F(4, 2).is_integer(), bool(F(0)), sum([F(1, 2)] * 3), sorted([F(1, 2), 0.3, 1]), max(F(1, 3), F(1, 4)))
# expect: 3 4 3 0.75 2 233/100 -4 4 -3 355/113 (1, 3) True False 3/2 [0.3, Fraction(1, 2), 1] 1/3
print(f"{F(1, 3):.3f}", f"{F(22, 7):>10.2e}", f"{F(3, 2)}", str(F(6, 3)), F.from_float(0.25), F.from_decimal(__import__("decimal").Decimal("0.2")), F(F(1, 2), F(1, 3)))
# expect: 0.333   3.14e+00 3/2 2 1/4 1/5 3/2
for call in lambda: F(1, 0), lambda: F("1/0"), lambda: F("abc"), lambda: F(1.5, 2), lambda: F("1", 2), lambda: F(float("nan")), lambda: F(float("inf")), lambda: F(1, 2) / 0, lambda: F(0) ** -1, lambda: F(1) < "a", lambda: F(1, 2) + "x", lambda: F([]):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: OverflowError
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: TypeError
# expect: TypeError
# expect: TypeError
print(math.gcd(12, 18), sum(F(1, n) for n in range(1, 11)), [F(1, 2).__add__(F(1, 2)) == 1, isinstance(F(1), int)], F(10 ** 30, 3 * 10 ** 29))
# expect: 6 7381/2520 [True, False] 10/3
