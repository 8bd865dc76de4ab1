"""What `_decimal` offers: numbers and contexts are native; signals and what shows them are here.

A module of its own, so that its classes are the same however often `_decimal` is imported.
"""
import contextvars
import numbers
from collections import namedtuple
from collections.abc import MutableMapping

import _haft_decimal
from _haft_decimal import Context, Decimal, getcontext, setcontext

HAVE_THREADS = HAVE_CONTEXTVAR = True
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)
IEEE_CONTEXT_MAX_BITS = 512
ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR = "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR"
ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP = (
    "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP")


def _signal(name, *bases):
    return type(name, bases, {"__module__": "decimal"})


DecimalException = _signal("DecimalException", ArithmeticError)
Clamped = _signal("Clamped", DecimalException)
InvalidOperation = _signal("InvalidOperation", DecimalException)
DivisionByZero = _signal("DivisionByZero", DecimalException, ZeroDivisionError)
Inexact = _signal("Inexact", DecimalException)
Rounded = _signal("Rounded", DecimalException)
Subnormal = _signal("Subnormal", DecimalException)
Overflow = _signal("Overflow", Inexact, Rounded)
Underflow = _signal("Underflow", Inexact, Rounded, Subnormal)
FloatOperation = _signal("FloatOperation", DecimalException, TypeError)
ConversionSyntax = _signal("ConversionSyntax", InvalidOperation)
DivisionImpossible = _signal("DivisionImpossible", InvalidOperation)
DivisionUndefined = _signal("DivisionUndefined", InvalidOperation, ZeroDivisionError)
InvalidContext = _signal("InvalidContext", InvalidOperation)
_conditions = InvalidOperation, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext
_signals = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")


class SignalDict(MutableMapping):
    """The flags or the traps of a context."""
    __slots__ = ("_context", "_traps")

    def __init__(self, context=None, traps=False):
        self._context, self._traps = context, traps

    def _owner(self):
        if self._context is None:
            raise ValueError("invalid signal dict")
        return self._context

    def _index(self, signal):
        self._owner()
        try:
            return _signals.index(signal)
        except ValueError:
            raise KeyError("invalid error flag") from None

    def __getitem__(self, signal):
        return _haft_decimal.signal(self._context, self._traps, self._index(signal))

    def __setitem__(self, signal, value):
        _haft_decimal.set_signal(self._context, self._traps, self._index(signal), bool(value))

    def __delitem__(self, signal):
        raise ValueError("signal keys cannot be deleted")

    def __iter__(self):
        self._owner()
        return iter(_signals)

    def __len__(self):
        self._owner()
        return len(_signals)

    def copy(self):
        return dict(self)

    def __eq__(self, other):
        if isinstance(other, SignalDict):
            return dict(self) == dict(other)
        if isinstance(other, dict):
            return dict(self) == other
        return NotImplemented

    __hash__ = None

    def __repr__(self):
        return repr(dict(self))


class ContextManager:
    """What localcontext() gives."""
    __slots__ = ("_new", "_old")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'decimal.ContextManager' instances")

    def __enter__(self):
        self._old = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *args):
        setcontext(self._old)
        return False


def localcontext(ctx=None, **kwargs):
    """Return a context manager that will set the default context to a copy of ctx
    on entry to the with-statement and restore the previous default context when
    exiting the with-statement. If no context is supplied, a copy of the current
    default context is used."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    ctx = ctx.copy()
    for name, value in kwargs.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        if value is not None:
            if isinstance(value, list):
                value = {signal: signal in value for signal in _signals}
            setattr(ctx, name, value)
    manager = object.__new__(ContextManager)
    manager._new = ctx
    return manager


for _class in SignalDict, ContextManager:
    _class.__module__ = "decimal"
localcontext.__module__ = "decimal"
_haft_decimal.set_up(_signals, _conditions, SignalDict, DecimalTuple, contextvars.ContextVar("decimal_context"), numbers.Rational)
numbers.Number.register(Decimal)
DefaultContext = Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[],
                         traps=[InvalidOperation, DivisionByZero, Overflow])
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[])
_haft_decimal.set_template(DefaultContext, BasicContext, ExtendedContext)
del _class


def IEEEContext(bits, /):
    """Return a context object initialized to the proper values for one of the
    IEEE interchange formats.  The argument must be a multiple of 32 and less
    than IEEE_CONTEXT_MAX_BITS."""
    if bits <= 0 or bits > IEEE_CONTEXT_MAX_BITS or bits % 32:
        raise ValueError(f"argument must be a multiple of 32, with a maximum of {IEEE_CONTEXT_MAX_BITS}")
    emax = 3 * (1 << (bits // 16 + 3))
    return Context(prec=9 * (bits // 32) - 2, Emax=emax, Emin=1 - emax, rounding=ROUND_HALF_EVEN, clamp=1, traps=[])
