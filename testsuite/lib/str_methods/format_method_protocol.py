"""__format__ of built-in types and user classes."""
class Money:
    def __init__(self, cents): self.cents = cents
    def __format__(self, spec):
        if spec == "": return f"${self.cents / 100:.2f}"
        if spec.endswith("c"): return format(self.cents, spec[:-1]) + " cents"
        raise ValueError(f"bad spec {spec!r}")
m = Money(1234)
print(f"{m}", f"{m:>8c}", "{:c}".format(m), format(m), format(m, "c"), "{0} {0:c}".format(m), "%s" % type(m).__name__)
# expect: $12.34     1234 cents 1234 cents $12.34 1234 cents $12.34 1234 cents Money
try:
    f"{m:x}"
except ValueError as error:
    print(error)  # expect: bad spec 'x'
print(format(3.14159, ".2f"), format(255, "x"), format("s", ">3"), format([1, 2]), format(None), format(True), format({"a": 1}), format(len).startswith("<built-in"))
# expect: 3.14 ff   s [1, 2] None True {'a': 1} True
class Sub(float):
    def __format__(self, spec): return "sub:" + super().__format__(spec)
class Plain: 
    def __str__(self): return "plain text"
print(f"{Sub(1.5):.3f}", f"{Plain()}", "{!s:>12}|{!r:.3}".format(Plain(), "abcdef"), f"{Plain()!s:*^14}")
# expect: sub:1.500 plain text   plain text|'ab **plain text**
try:
    f"{Plain():>5}"
except TypeError as error:
    print(error)  # expect: unsupported format string passed to Plain.__format__
import datetime, decimal
print(f"{datetime.date(2024, 1, 2):%j/%Y}", f"{decimal.Decimal('1234.5'):+,.2f}", f"{datetime.time(1, 2):%H.%M}", f"{1 + 2j:.1f}", f"{b'x'!r}")
# expect: 002/2024 +1,234.50 01.02 1.0+2.0j b'x'
