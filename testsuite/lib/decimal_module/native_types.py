"""decimal: rounding, signals, exponents at the limits, formats, comparison with other numbers, contexts of tasks."""
import asyncio, copy, decimal, math, pickle, threading
from decimal import *
from fractions import Fraction

# Each mode, on both sides of zero.
modes = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
for text in "2.5", "-2.5", "2.51", "-2.49", "10.1", "-15.9":
    print(text, *[Decimal(text).quantize(Decimal(1), rounding=mode) for mode in modes])
# expect: 2.5 3 2 3 2 3 2 2 2
# expect: -2.5 -3 -2 -2 -3 -3 -2 -2 -2
# expect: 2.51 3 2 3 2 3 3 3 2
# expect: -2.49 -3 -2 -2 -3 -2 -2 -2 -2
# expect: 10.1 11 10 11 10 10 10 10 11
# expect: -15.9 -16 -15 -15 -16 -16 -16 -16 -16

# Results of each precision, beyond two words too.
for prec in 1, 9, 28, 50, 100:
    with localcontext(prec=prec):
        print(prec, Decimal(2) / 3, Decimal(2).sqrt(), Decimal(10) ** 40 / 7)
# expect: 1 0.7 1 1E+39
# expect: 9 0.666666667 1.41421356 1.42857143E+39
# expect: 28 0.6666666666666666666666666667 1.414213562373095048801688724 1.428571428571428571428571429E+39
# expect: 50 0.66666666666666666666666666666666666666666666666667 1.4142135623730950488016887242096980785696718753769 1428571428571428571428571428571428571428.5714285714
# expect: 100 0.6666666666666666666666666666666666666666666666666666666666666666666666666666666666666666666666666667 1.414213562373095048801688724209698078569671875376948073176679737990732478462107038850387534327641573 1428571428571428571428571428571428571428.571428571428571428571428571428571428571428571428571428571429
print(Decimal("1E+30") + 1, Decimal("1E+30") - Decimal("1E-30"), Decimal("123456789012345678901234567890") + 0)  # expect: 1.000000000000000000000000000E+30 1.000000000000000000000000000E+30 1.234567890123456789012345679E+29
print(Decimal("99999999999999999999").fma(Decimal("99999999999999999999"), -1))  # expect: 9.999999999999999999800000000E+39
print(Decimal(7) // Decimal("0.3"), Decimal(-7) % 3, divmod(Decimal("-7.5"), 2), Decimal(10).remainder_near(6))  # expect: 23 -1 (Decimal('-3'), Decimal('-1.5')) -2
print(Decimal(2) ** 10, Decimal("1.1") ** 20, Decimal(2) ** -2, Decimal(2) ** Decimal("0.5"), pow(Decimal(3), 100, 7))  # expect: 1024 6.72749994932560009201 0.25 1.414213562373095048801688724 4
print(Decimal(2).exp(), Decimal(10).ln(), Decimal(1000).log10(), Decimal("1e-7").logb())  # expect: 7.389056098930650227230427461 2.302585092994045684017991455 3 -7

# What happened is noted; what is trapped is raised, with the conditions.
context = Context(prec=3, Emin=-9, Emax=9, traps=[])
for name, *operands in (("divide", 1, 3), ("divide", 1, 0), ("divide", 0, 0), ("multiply", "9E+9", 9), ("multiply", "1E-9", "1E-1"), ("multiply", "1.23E-9", "1E-2"), ("multiply", "1E-9", "1E-9"), ("add", "Infinity", "-Infinity"), ("quantize", "1", "1E-9"), ("compare", "sNaN12", "1"), ("divide_int", "1E+9", 3), ("scaleb", 1, "0.5"), ("sqrt", -1)):
    context.clear_flags()
    result = getattr(context, name)(*[Decimal(operand) for operand in operands])
    print(name, result, [signal.__name__ for signal, flag in context.flags.items() if flag])
# expect: divide 0.333 ['Inexact', 'Rounded']
# expect: divide Infinity ['DivisionByZero']
# expect: divide NaN ['InvalidOperation']
# expect: multiply Infinity ['Overflow', 'Inexact', 'Rounded']
# expect: multiply 1E-10 ['Subnormal']
# expect: multiply 1E-11 ['Underflow', 'Subnormal', 'Inexact', 'Rounded']
# expect: multiply 0E-11 ['Underflow', 'Subnormal', 'Inexact', 'Rounded', 'Clamped']
# expect: add NaN ['InvalidOperation']
# expect: quantize NaN ['InvalidOperation']
# expect: compare NaN12 ['InvalidOperation']
# expect: divide_int NaN ['InvalidOperation']
# expect: scaleb NaN ['InvalidOperation']
# expect: sqrt NaN ['InvalidOperation']
for action in (lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal("abc"), lambda: Decimal("sNaN") + 1, lambda: Decimal("1E+999999") * 10,
               lambda: Decimal("NaN") < 1, lambda: hash(Decimal("sNaN")), lambda: int(Decimal("Infinity")), lambda: int(Decimal("NaN")), lambda: Decimal(1) + 1.5,
               lambda: Decimal([1]), lambda: Decimal((2, (1,), 0)), lambda: Decimal((0, (1, 10), 0)), lambda: Decimal((0, (1,), "x")), lambda: Decimal({}), lambda: Decimal(1).quantize(1, "up"),
               lambda: Context(prec=0), lambda: Context(Emin=1), lambda: Context(clamp=2), lambda: Context(rounding=1), lambda: setcontext(1), lambda: format(Decimal(1), "q"), lambda: Decimal("1e5").to_integral(5)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, str(error).split("\n")[0])
# expect: DivisionByZero [<class 'decimal.DivisionByZero'>]
# expect: InvalidOperation [<class 'decimal.DivisionUndefined'>]
# expect: InvalidOperation [<class 'decimal.ConversionSyntax'>]
# expect: InvalidOperation [<class 'decimal.InvalidOperation'>]
# expect: Overflow [<class 'decimal.Overflow'>]
# expect: InvalidOperation [<class 'decimal.InvalidOperation'>]
# expect: TypeError Cannot hash a signaling NaN value
# expect: OverflowError cannot convert Infinity to integer
# expect: ValueError cannot convert NaN to integer
# expect: TypeError unsupported operand type(s) for +: 'decimal.Decimal' and 'float'
# expect: ValueError argument must be a sequence of length 3
# expect: ValueError sign must be an integer with the value 0 or 1
# expect: ValueError coefficient must be a tuple of digits
# expect: ValueError string argument in the third position must be 'F', 'n' or 'N'
# expect: TypeError conversion from dict to Decimal is not supported
# expect: TypeError valid values for rounding are:
# expect: ValueError valid range for prec is [1, MAX_PREC]
# expect: ValueError valid range for Emin is [MIN_EMIN, 0]
# expect: ValueError valid values for clamp are 0 or 1
# expect: TypeError valid values for rounding are:
# expect: TypeError argument must be a context
# expect: ValueError invalid format string
# expect: TypeError valid values for rounding are:

# Texts.
print(*[Decimal(text) for text in ("1E5", " 12_3.40 ", "-0E-7", "1E-7", "0.000001", "12E-30", "inf", "-nAn123", "sNaN", "\u0661\u0662.5", "+.5", "5.")])  # expect: 1E+5 123.40 -0E-7 1E-7 0.000001 1.2E-29 Infinity -NaN123 sNaN 12.5 0.5 5
print(*[Decimal(text).to_eng_string() for text in ("1E5", "0E-7", "12E-8", "123E10", "0E+1")])  # expect: 100E+3 0.0E-6 120E-9 1.23E+12 0.00E+3
number = Decimal("-1234567.8951")
for spec in "", ".2f", ",.1f", "e", ".3e", ".4g", "%", "+.1%", "020,.2f", "<15.1f", "*^15.1f", "=+15.0f", "z.1f", "010":
    print(repr(spec), repr(format(number, spec)), repr(format(Decimal("-0.04"), spec)))
# expect: '' '-1234567.8951' '-0.04'
# expect: '.2f' '-1234567.90' '-0.04'
# expect: ',.1f' '-1,234,567.9' '-0.0'
# expect: 'e' '-1.2345678951e+6' '-4e-2'
# expect: '.3e' '-1.235e+6' '-4.000e-2'
# expect: '.4g' '-1.235e+6' '-0.04'
# expect: '%' '-123456789.51%' '-4%'
# expect: '+.1%' '-123456789.5%' '-4.0%'
# expect: '020,.2f' '-0,000,001,234,567.90' '-0,000,000,000,000.04'
# expect: '<15.1f' '-1234567.9     ' '-0.0           '
# expect: '*^15.1f' '**-1234567.9***' '*****-0.0******'
# expect: '=+15.0f' '-       1234568' '-             0'
# expect: 'z.1f' '-1234567.9' '0.0'
# expect: '010' '-1234567.8951' '-000000.04'
print(repr(format(Decimal("Infinity"), "012")), f"{Decimal('NaN'):>6}", f"{Decimal(5):05.1f}", "%.2f %s" % (Decimal("2.675"), Decimal("1e3")))  # expect: '    Infinity'    NaN 005.0 2.67 1E+3

# Beside other numbers: equal ones have equal hashes.
for number, other in ((Decimal("2.50"), 2.5), (Decimal("1E+3"), 1000), (Decimal("-0.125"), Fraction(-1, 8)), (Decimal(2) ** 100, 2 ** 100), (Decimal("Infinity"), math.inf), (Decimal(0), 0j)):
    print(number == other, other == number, hash(number) == hash(other), number <= other if other != 0 else None)
# expect: True True True True
# expect: True True True True
# expect: True True True True
# expect: False False False True
# expect: True True True True
# expect: True True True None
print(Decimal("0.1") == 0.1, Decimal("0.1") < 0.1, Decimal(1) < Fraction(3, 2), sorted([Decimal("2"), 1, Fraction(3, 2), 0.5]), max(Decimal("1.0"), Decimal("1.00")))  # expect: False True True [0.5, 1, Fraction(3, 2), Decimal('2')] 1.0
print(Decimal.from_float(0.1), Decimal("1.25").as_integer_ratio(), round(Decimal("2.675"), 2), round(Decimal("2.5")), math.floor(Decimal("-2.5")), math.ceil(Decimal("-2.5")), math.trunc(Decimal("2.9")), int(Decimal("1E+25")), float(Decimal("1e-400")), complex(Decimal("1.5")))
# expect: 0.1000000000000000055511151231257827021181583404541015625 (5, 4) 2.68 2 -3 -2 2 10000000000000000000000000 0.0 (1.5+0j)
print(Decimal("-12.5E-3").as_tuple(), Decimal("NaN7").as_tuple(), Decimal((1, (4, 5), -1)), Decimal("1.0").compare_total(Decimal("1")), Decimal("1").same_quantum(2), Decimal("123").adjusted())
# expect: DecimalTuple(sign=1, digits=(1, 2, 5), exponent=-4) DecimalTuple(sign=0, digits=(7,), exponent='n') -4.5 -1 True 2

# Copies, pickles, subclasses.
number = Decimal("1.50")
print(copy.copy(number) is number, copy.deepcopy(number) is number, repr(pickle.loads(pickle.dumps(number))), repr(pickle.loads(pickle.dumps(getcontext()))) == repr(getcontext()))  # expect: True True Decimal('1.50') True


class Money(Decimal):
    def __new__(cls, value, currency="EUR"):
        self = super().__new__(cls, value)
        self.currency = currency
        return self


money = Money("12.50", "CHF")
print(money, money.currency, type(money + 1).__name__, type(Money.from_float(0.5)).__name__, isinstance(money, Decimal), Decimal(money) is money, repr(pickle.loads(pickle.dumps(money))))  # expect: 12.50 CHF Decimal Money True False Decimal('12.50')


# Each thread and each task has a context of its own.
async def task(prec):
    getcontext().prec = prec
    await asyncio.sleep(0)
    return str(Decimal(1) / 7)


async def tasks():
    with localcontext() as outer:
        outer.prec = 4
        results = []
        for prec in 2, 3:
            with localcontext(prec=prec):
                results.append(asyncio.create_task(task(prec)))
        return [await result for result in results], Decimal(1) / 7


print(asyncio.run(tasks()))  # expect: (['0.14', '0.143'], Decimal('0.1429'))
getcontext().prec = 6
seen = []
thread = threading.Thread(target=lambda: seen.append(getcontext().prec))
thread.start()
thread.join()
print(seen, getcontext().prec, DefaultContext.prec)  # expect: [28] 6 28
context = Context(prec=5, traps=[Inexact])
with localcontext(context) as inner:
    print(inner is context, inner.prec, inner.traps[Inexact], context.create_decimal("1.2") + 1)  # expect: False 5 True 2.2
    try:
        Decimal(1) / 3
    except Inexact as error:
        print(error, inner.flags[Rounded])  # expect: [<class 'decimal.Inexact'>] True
print(Context(prec=7, rounding=ROUND_UP, flags=[Inexact], traps=[]))  # expect: Context(prec=7, rounding=ROUND_UP, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[Inexact], traps=[])
