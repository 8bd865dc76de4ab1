"""A result with more digits than memory has is MemoryError, and an invalid operation in the flags."""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_DOWN, Context, Decimal, InvalidOperation, getcontext

huge = Decimal("1e999999999999999999")
tiny = Decimal("1e-999999999999999999")
context = Context(prec=999999999999999999, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_DOWN, traps=[])

refused = {
    "int": lambda: int(huge),
    "round": lambda: round(huge),
    "format f": lambda: format(huge, "f"),
    "format places": lambda: format(Decimal(1), ".999999999999f"),
    "format small": lambda: format(tiny, "f"),
    "divide": lambda: context.divide(Decimal(1), Decimal(3)),
    "sqrt": lambda: context.sqrt(Decimal(2)),
    "quantize": lambda: context.quantize(Decimal(1), Decimal("1e-999999999999999")),
    "add": lambda: context.add(Decimal(1), Decimal("1e-9999999999999999")),
    "remainder": lambda: context.remainder(Decimal("1e99999999999999999"), Decimal(3)),
    "overflow": lambda: context.multiply(huge, huge),
    "fma": lambda: context.fma(Decimal(1), Decimal(1), Decimal("1e-99999999999999999")),
    "next_plus": lambda: context.next_plus(Decimal(1)),
}
for name, operation in refused.items():
    try:
        print(name, type(operation()))
    except MemoryError as error:
        print(name, type(error).__name__, error.args)
# expect: int MemoryError ()
# expect: round MemoryError ()
# expect: format f MemoryError ()
# expect: format places MemoryError ()
# expect: format small MemoryError ()
# expect: divide MemoryError ()
# expect: sqrt MemoryError ()
# expect: quantize MemoryError ()
# expect: add MemoryError ()
# expect: remainder MemoryError ()
# expect: overflow MemoryError ()
# expect: fma MemoryError ()
# expect: next_plus MemoryError ()

print(context.flags[InvalidOperation], getcontext().flags[InvalidOperation])
# expect: True False

# What has room in few digits is no error, however far the exponents are apart.
print(tiny.to_integral_value(), float(huge), huge > tiny, huge == 1.5, int(tiny))
# expect: 0 inf True False 0
