"""Context variables (PEP 567), in Python: what `contextvars` takes from native code.

A context is a dict that is copied when a context is copied; each thread has a current one.
"""
import _thread

_local = _thread._local()
_MISSING = object()


def _current():
    try:
        return _local.context
    except AttributeError:
        _local.context = Context()
        return _local.context


class Token:
    """What `ContextVar.set` gives, for `ContextVar.reset`."""
    __slots__ = ("_context", "_var", "_old", "_used")
    MISSING = type("Token.MISSING", (), {"__slots__": (), "__repr__": lambda self: "<Token.MISSING>"})()

    def __init__(self, *args):
        raise RuntimeError("Tokens can only be created by ContextVars")

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return Token.MISSING if self._old is _MISSING else self._old

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._var.reset(self)

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self._var!r} at {id(self):#x}>"


class ContextVar:
    """A variable with a value in each context."""
    __slots__ = ("_name", "_default", "__weakref__")

    def __init__(self, name, /, *, default=_MISSING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name, self._default = name, default

    @property
    def name(self):
        return self._name

    def get(self, default=_MISSING, /):
        value = _current()._data.get(self, _MISSING)
        if value is not _MISSING:
            return value
        if default is not _MISSING:
            return default
        if self._default is not _MISSING:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        context = _current()
        token = object.__new__(Token)
        token._context, token._var, token._used = context, self, False
        token._old = context._data.get(self, _MISSING)
        context._data[self] = value
        return token

    def reset(self, token, /):
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        if token._context is not _current():
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        if token._old is _MISSING:
            del token._context._data[self]
        else:
            token._context._data[self] = token._old

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)

    def __repr__(self):
        default = "" if self._default is _MISSING else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"


class Context:
    """A mapping of context variables to their values."""
    __slots__ = ("_data", "_outer", "_entered", "__weakref__")

    def __init__(self):
        self._data, self._entered, self._outer = {}, False, None

    def run(self, function, /, *args, **kwargs):
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        outer = _current()
        self._entered = True
        _local.context = self
        try:
            return function(*args, **kwargs)
        finally:
            _local.context = outer
            self._entered = False

    def copy(self):
        new = Context()
        new._data = dict(self._data)
        return new

    def __getitem__(self, var):
        _check(var)
        return self._data[var]

    def __contains__(self, var):
        _check(var)
        return var in self._data

    def get(self, var, default=None, /):
        _check(var)
        return self._data.get(var, default)

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def __eq__(self, other):
        return self._data == other._data if isinstance(other, Context) else NotImplemented

    __hash__ = None


def _check(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")


def copy_context():
    return _current().copy()
