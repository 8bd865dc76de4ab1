"""Dialects of comma-separated values; readers and writers are native."""
import _haft_csv
from _haft_csv import Error, Reader, Writer, field_size_limit

__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)

_dialects = {}
_UNSET = object()
_NAMES = ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict")


def _char(name, value, default, none_allowed):
    if value is _UNSET:
        return default
    if value is None and none_allowed:
        return None
    if not isinstance(value, str):
        wanted = "a unicode character or None" if none_allowed else "a unicode character"
        raise TypeError(f'"{name}" must be {wanted}, not {type(value).__name__}')
    if len(value) != 1:
        wanted = "a unicode character or None" if none_allowed else "a unicode character"
        raise TypeError(f'"{name}" must be {wanted}, not a string of length {len(value)}')
    return value


def _check(name, c, dialect, space_allowed):
    if c is None:
        return
    if c in "\r\n" or c == " " and not space_allowed:
        raise ValueError(f"bad {name} value")
    if any(x in dialect.lineterminator for x in c):
        raise ValueError(f"bad {name} or lineterminator value")


class Dialect:
    """CSV dialect

    The Dialect type records CSV dialect options."""
    __slots__ = tuple("_" + name for name in _NAMES)

    def __new__(cls, dialect=None, delimiter=_UNSET, doublequote=_UNSET, escapechar=_UNSET, lineterminator=_UNSET,
                quotechar=_UNSET, quoting=_UNSET, skipinitialspace=_UNSET, strict=_UNSET):
        given = {"delimiter": delimiter, "doublequote": doublequote, "escapechar": escapechar, "lineterminator": lineterminator,
                 "quotechar": quotechar, "quoting": quoting, "skipinitialspace": skipinitialspace, "strict": strict}
        if dialect is not None:
            if isinstance(dialect, str):
                dialect = get_dialect(dialect)
            if type(dialect) is cls and all(value is _UNSET for value in given.values()):
                return dialect
            for name, value in given.items():
                if value is _UNSET:
                    given[name] = getattr(dialect, name, _UNSET)
        self = object.__new__(cls)
        put = object.__setattr__
        put(self, "_delimiter", _char("delimiter", given["delimiter"], ",", False))
        put(self, "_escapechar", _char("escapechar", given["escapechar"], None, True))
        put(self, "_quotechar", _char("quotechar", given["quotechar"], '"', True))
        for name, default in (("doublequote", True), ("skipinitialspace", False), ("strict", False)):
            put(self, "_" + name, default if given[name] is _UNSET else bool(given[name]))
        terminator = given["lineterminator"]
        if terminator is _UNSET:
            terminator = "\r\n"
        elif not isinstance(terminator, str):
            raise TypeError(f'"lineterminator" must be a string, not {type(terminator).__name__}')
        put(self, "_lineterminator", terminator)
        quoting = given["quoting"]
        if quoting is _UNSET:
            quoting = QUOTE_MINIMAL
        elif type(quoting) is not int:
            raise TypeError(f'"quoting" must be an integer, not {type(quoting).__name__}')
        if not 0 <= quoting <= 5:
            raise TypeError('bad "quoting" value')
        if quoting != QUOTE_NONE and given["quotechar"] is None and given["quoting"] is _UNSET:
            quoting = QUOTE_NONE
        put(self, "_quoting", quoting)
        if quoting != QUOTE_NONE and self._quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        _check("delimiter", self._delimiter, self, True)
        _check("escapechar", self._escapechar, self, not self._skipinitialspace)
        _check("quotechar", self._quotechar, self, not self._skipinitialspace)
        for a, b in (("delimiter", "escapechar"), ("delimiter", "quotechar"), ("escapechar", "quotechar")):
            x = getattr(self, "_" + a)
            if x is not None and x == getattr(self, "_" + b):
                raise ValueError(f"bad {a} or {b} value")
        return self

    def __setattr__(self, name, value):
        if name in _NAMES:
            raise AttributeError(f"attribute '{name}' of '_csv.Dialect' objects is not writable")
        raise AttributeError(f"'_csv.Dialect' object has no attribute '{name}'")

    def __delattr__(self, name):
        self.__setattr__(name, None)

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'Dialect' instances")


Dialect.__module__ = "_csv"
for _name in _NAMES:
    setattr(Dialect, _name, property(lambda self, _slot="_" + _name: getattr(self, _slot)))
del _name


def register_dialect(name, /, dialect=None, **fmtparams):
    """Create a mapping from a string name to a CSV dialect."""
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = Dialect(dialect, **fmtparams)


def unregister_dialect(name):
    """Delete the name/dialect mapping associated with a string name."""
    try:
        del _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def get_dialect(name):
    """Return the dialect instance associated with name."""
    try:
        return _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def list_dialects():
    """Return a list of all known dialect names."""
    return list(_dialects)


def reader(iterable, /, dialect=None, **fmtparams):
    """Return a reader object that will process lines from the given iterable."""
    return _haft_csv.reader(iterable, Dialect(dialect, **fmtparams))


def writer(fileobj, /, dialect=None, **fmtparams):
    """Return a writer object that will write user data on the given file object."""
    return _haft_csv.writer(fileobj, Dialect(dialect, **fmtparams))
