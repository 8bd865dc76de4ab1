"""Decimal contexts: precision, rounding modes, traps, flags."""
from decimal import *
for mode in ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP:
    print(mode, [str(Decimal(x).quantize(Decimal("1"), rounding=mode)) for x in ("2.5", "-2.5", "1.1", "-1.1", "5.5", "0.9")])
# expect: ROUND_UP ['3', '-3', '2', '-2', '6', '1']
# expect: ROUND_DOWN ['2', '-2', '1', '-1', '5', '0']
# expect: ROUND_CEILING ['3', '-2', '2', '-1', '6', '1']
# expect: ROUND_FLOOR ['2', '-3', '1', '-2', '5', '0']
# expect: ROUND_HALF_UP ['3', '-3', '1', '-1', '6', '1']
# expect: ROUND_HALF_DOWN ['2', '-2', '1', '-1', '5', '1']
# expect: ROUND_HALF_EVEN ['2', '-2', '1', '-1', '6', '1']
# expect: ROUND_05UP ['2', '-2', '1', '-1', '6', '1']
c = Context(prec=4, rounding=ROUND_HALF_UP, Emin=-5, Emax=5, traps=[])
print(c.divide(1, 3), c.add(Decimal("9999.5"), 0), c.multiply(1000, 1000), c.divide(1, 0), c.sqrt(-1), c.create_decimal("1.23456"), c.power(2, 10), c.subtract(1, Decimal("0.00001")))
# expect: 0.3333 1.000E+4 Infinity Infinity NaN 1.235 1024 1.000
print([f.__name__ for f in (Inexact, Rounded, Overflow, DivisionByZero, InvalidOperation) if c.flags[f]])
# expect: ['Inexact', 'Rounded', 'Overflow', 'DivisionByZero', 'InvalidOperation']
c.clear_flags()
print(any(c.flags.values()), c.prec, c.copy().rounding, Context(prec=3) is not None)  # expect: False 4 ROUND_HALF_UP True
with localcontext() as ctx:
    ctx.traps[Inexact] = True
    try:
        Decimal(1) / 3
    except Inexact as error:
        print("trapped", type(error).__name__)  # expect: trapped Inexact
    ctx.traps[DivisionByZero] = False
    print(Decimal(1) / 0, -Decimal(1) / 0)  # expect: Infinity -Infinity
with localcontext(Context(prec=2)) as ctx:
    print(Decimal("1.25") + 0, Decimal("123") * 1, Decimal("0.999") + 0, getcontext().prec)  # expect: 1.2 1.2E+2 1.0 2
print(getcontext().prec, Decimal("1.1").fma(2, 3), Decimal(7).remainder_near(4), Decimal("12.3").logb(), Decimal("1").next_plus(), Decimal(5).scaleb(2), Decimal("101").logical_and(Decimal("110")), Decimal("1.20").same_quantum(Decimal("0.01")), Decimal(3).max(Decimal("NaN")), Decimal("1e2").canonical(), Decimal("0.00").number_class(), Decimal("2").compare_total(Decimal("2.0")), Decimal("12345").shift(2), Decimal("12345").rotate(1))
# expect: 28 5.2 -1 1 1.000000000000000000000000001 5E+2 100 True 3 1E+2 +Zero 1 1234500 123450
def pi(n):
    getcontext().prec = n + 2
    three = Decimal(3)
    lasts, t, s, k, na, d, da = 0, three, 3, 1, 0, 0, 24
    while s != lasts:
        lasts = s
        k, na = k + na, na + 8
        d, da = d + da, da + 32
        t = (t * k) / d
        s += t
    return +s
print(str(pi(50))[:50])  # expect: 3.141592653589793238462643383279502884197169399375
