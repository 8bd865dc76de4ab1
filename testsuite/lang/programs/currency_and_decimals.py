"""Exact money arithmetic with integers, rounding rules and allocation."""
from fractions import Fraction
class Money:
    __slots__ = ("cents",)
    def __init__(self, amount=0):
        if isinstance(amount, str):
            sign = -1 if amount.startswith("-") else 1
            whole, _, part = amount.lstrip("+-").partition(".")
            if not (whole + part).isdigit() or len(part) > 2: raise ValueError(f"bad amount {amount!r}")
            self.cents = sign * (int(whole or 0) * 100 + int(part.ljust(2, "0") or 0))
        elif isinstance(amount, int): self.cents = amount * 100
        else: raise TypeError(f"cannot make Money from {type(amount).__name__}")
    @classmethod
    def of_cents(cls, c): m = cls(); m.cents = c; return m
    def __add__(self, o): return Money.of_cents(self.cents + o.cents) if isinstance(o, Money) else NotImplemented
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __sub__(self, o): return self + -o if isinstance(o, Money) else NotImplemented
    def __neg__(self): return Money.of_cents(-self.cents)
    def __mul__(self, k):
        if not isinstance(k, (int, Fraction)): return NotImplemented
        return Money.of_cents(round(self.cents * k))
    __rmul__ = __mul__
    def __truediv__(self, o): return Fraction(self.cents, o.cents) if isinstance(o, Money) else Money.of_cents(round(Fraction(self.cents, o)))
    def __divmod__(self, n): q, r = divmod(self.cents, n); return Money.of_cents(q), Money.of_cents(r)
    def allocate(self, *ratios):
        total, out, left = sum(ratios), [], self.cents
        for r in ratios: out.append(self.cents * r // total); left -= out[-1]
        return [Money.of_cents(c + (i < left)) for i, c in enumerate(out)]
    def __eq__(self, o): return isinstance(o, Money) and self.cents == o.cents
    def __lt__(self, o): return self.cents < o.cents if isinstance(o, Money) else NotImplemented
    def __hash__(self): return hash((Money, self.cents))
    def __bool__(self): return self.cents != 0
    def __str__(self): return f"{'-' if self.cents < 0 else ''}{abs(self.cents) // 100:,}.{abs(self.cents) % 100:02}"
    def __repr__(self): return f"Money('{self}')"
    def __format__(self, spec): return format(str(self), spec)
a, b = Money("19.99"), Money("-0.5")
print(a, b, a + b, a - b, -a, a * 3, 3 * a, a * Fraction(1, 3), a / Money("2"), a / 3, divmod(a, 4), sum([a, b, Money(1)]), max(a, b), sorted([a, b, Money()]), bool(Money()), {a: 1}[Money("19.99")], repr(Money("1234567.8")), f"{a:>10}|")
# expect: 19.99 -0.50 19.49 20.49 -19.99 59.97 59.97 6.66 1999/200 6.66 (Money('4.99'), Money('0.03')) 20.49 19.99 [Money('-0.50'), Money('0.00'), Money('19.99')] False 1 Money('1,234,567.80')      19.99|
print(Money("100").allocate(1, 1, 1), Money("0.05").allocate(3, 7), sum(Money("10.01").allocate(1, 2, 3)) == Money("10.01"), [str(Money(x)) for x in ("0.1", "5", "-3.07", ".5")])
# expect: [Money('33.34'), Money('33.33'), Money('33.33')] [Money('0.02'), Money('0.03')] True ['0.10', '5.00', '-3.07', '0.50']
for bad in lambda: Money("1.234"), lambda: Money("x"), lambda: Money(1.5), lambda: a * 1.5, lambda: a + 1, lambda: a < 5, lambda: Money("."), lambda: a / 0, lambda: a.zz:
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
# expect: ValueError bad amount '1.234'
# expect: ValueError bad amount 'x'
# expect: TypeError cannot make Money from float
# expect: TypeError unsupported operand type(s) for *: 'Money' and 'float'
# expect: TypeError unsupported operand type(s) for +: 'Money' and 'int'
# expect: TypeError '<' not supported between instances of 'Money' and 'int'
# expect: ValueError bad amount '.'
# expect: ZeroDivisionError Fraction(1999, 0)
# expect: AttributeError 'Money' object has no attribute 'zz'
def compound(p, rate, years):
    for _ in range(years): p = p * (1 + Fraction(rate, 100))
    return p
print(compound(Money(1000), 5, 10), compound(Money("0.01"), 50, 5), [str(compound(Money(100), r, 2)) for r in (1, 2, 3)])
# expect: 1,628.88 0.09 ['102.01', '104.04', '106.09']
