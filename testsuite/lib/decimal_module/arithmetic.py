"""decimal.Decimal."""
from decimal import *
D = Decimal
print(D("1.10") + D("2.2"), D("1") / D("3"), D("1.20") * 2, D(1) - D("0.9"), -D("0"), D("7") // 2, D("-7") // 2, D("-7") % 3, D(2) ** 10, D(2).sqrt(), D("1E+5"), D("1e-10"), D(10) ** -2, abs(D("-3")), divmod(D(7), D(2)))
# expect: 3.30 0.3333333333333333333333333333 2.40 0.1 0 3 -3 -1 1024 1.414213562373095048801688724 1E+5 1E-10 0.01 3 (Decimal('3'), Decimal('1'))
print(D("1.0") == D("1.00") == 1, hash(D("1.0")) == hash(1), D("1.1") < 1.2, D(0.1), D("0.1") == 0.1, D("nan") == D("nan"), D("inf") > 10 ** 100, D("-Infinity"), D("sNaN"), sorted([D(3), 1, 2.5]), max(D(1), 2))
# expect: True True True 0.1000000000000000055511151231257827021181583404541015625 False False True -Infinity sNaN [1, 2.5, Decimal('3')] 2
print(repr(D("1.50")), str(D("1.50").normalize()), D("123.456").quantize(D("0.01")), D("2.5").quantize(D(1)), D("3.5").quantize(D(1)), D("2.675").quantize(D("0.01"), ROUND_HALF_UP), D("1.23456").as_tuple(), D("12").adjusted(), D("1.5").as_integer_ratio(), int(D("-3.7")), round(D("2.5")), round(D("2.567"), 2), float(D("1.25")), D("1e3").to_integral_value(), D("1234.5").to_eng_string())
# expect: Decimal('1.50') 1.5 123.46 2 4 2.68 DecimalTuple(sign=0, digits=(1, 2, 3, 4, 5, 6), exponent=-5) 1 (3, 2) -3 2 2.57 1.25 1E+3 1234.5
print(f"{D('1234567.891'):,.2f}", f"{D('0.00001')}", f"{D('1.5'):>8}", f"{D('12.345'):.1f}", f"{D('0.5'):%}", f"{D('1e10'):e}", D("1_000.5"), D((1, (1, 2, 3), -2)), D(" 5 "), D(True))
# expect: 1,234,567.89 0.00001      1.5 12.3 50% 1e+10 1000.5 -1.23 5 1
getcontext().prec = 6
print(D(1) / 7, D("1.23456789") + 0, +D("1.23456789"))  # expect: 0.142857 1.23457 1.23457
with localcontext() as c:
    c.prec = 3
    c.rounding = ROUND_DOWN
    print(D(2) / 3, bool(c.flags[Inexact]))  # expect: 0.666 True
with localcontext(prec=50): print(D(2).sqrt())  # expect: 1.4142135623730950488016887242096980785696718753769
for call in lambda: D("abc"), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D("inf") - D("inf"), lambda: D(1) + 1.5, lambda: D([]), lambda: D("nan") < 1, lambda: D(-1).sqrt(), lambda: int(D("nan")), lambda: D("1e999999") * D("1e999999"), lambda: D("x" * 3), lambda: D(None), lambda: D("1.5").quantize(D("1e-20")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: InvalidOperation
# expect: DivisionByZero
# expect: InvalidOperation
# expect: InvalidOperation
# expect: TypeError
# expect: ValueError
# expect: InvalidOperation
# expect: InvalidOperation
# expect: ValueError
# expect: Overflow
# expect: InvalidOperation
# expect: TypeError
# expect: InvalidOperation
print(D("0.1") + D("0.2") == D("0.3"), sum([D("0.1")] * 10), D("3.14").ln().quantize(D("0.001")), D(1).exp(), D("100").log10(), D("5").copy_sign(D(-1)), D("1.1").compare(D(2)), D("NaN").is_nan(), D("-0").is_signed(), D("10").is_zero())
# expect: True 1.0 1.144 2.71828 2 -5 -1 True True False
