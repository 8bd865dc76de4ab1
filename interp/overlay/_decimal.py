"""Decimal arithmetic: what `decimal` takes from native code."""
from _haft_decimal_base import (
    BasicContext, Clamped, Context, ConversionSyntax, Decimal, DecimalException, DecimalTuple, DefaultContext,
    DivisionByZero, DivisionImpossible, DivisionUndefined, ExtendedContext, FloatOperation, HAVE_CONTEXTVAR,
    HAVE_THREADS, IEEEContext, IEEE_CONTEXT_MAX_BITS, Inexact, InvalidContext, InvalidOperation, MAX_EMAX, MAX_PREC,
    MIN_EMIN, MIN_ETINY, Overflow, ROUND_05UP, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
    ROUND_HALF_UP, ROUND_UP, Rounded, Subnormal, Underflow, getcontext, localcontext, setcontext,
)

__version__ = "1.70"
__libmpdec_version__ = "2.5.1"
