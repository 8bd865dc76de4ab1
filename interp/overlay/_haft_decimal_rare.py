"""Decimal operations that are rare enough to be done in Python; the native module `_haft_decimal` calls this."""
import _pydecimal

_STATUS = (
    (_pydecimal.InvalidOperation, 0x100),
    (_pydecimal.DivisionByZero, 4),
    (_pydecimal.Overflow, 0x800),
    (_pydecimal.Underflow, 0x4000),
    (_pydecimal.Subnormal, 0x2000),
    (_pydecimal.Inexact, 0x40),
    (_pydecimal.Rounded, 0x1000),
    (_pydecimal.Clamped, 1),
)


def _number(sign, digits, exponent):
    return _pydecimal._dec_from_triple(sign, digits, exponent, isinstance(exponent, str))


def call(name, settings, operands):
    """The result of the context's method, and the conditions it met."""
    prec, rounding, emin, emax, capitals, clamp = settings
    context = _pydecimal.Context(prec, rounding, emin, emax, capitals, clamp, [], [])
    result = getattr(context, name)(*[_number(*operand) for operand in operands])
    if isinstance(result, _pydecimal.Decimal):
        result = result._sign, result._int, result._exp
    return result, sum(bit for signal, bit in _STATUS if context.flags[signal])
