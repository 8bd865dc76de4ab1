"""Readers and writers of comma-separated values: what `csv` takes from native code, in Python."""
__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)

_dialects = {}
_field_limit = 128 * 1024


class Error(Exception):
    pass


Error.__module__ = "_csv"
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


def field_size_limit(new_limit=_UNSET, /):
    """Sets an upper limit on parsed fields."""
    global _field_limit
    old = _field_limit
    if new_limit is not _UNSET:
        if type(new_limit) is not int:
            raise TypeError("limit must be an integer")
        _field_limit = new_limit
    return old


_START_RECORD, _START_FIELD, _ESCAPED, _IN_FIELD, _IN_QUOTED, _ESCAPE_IN_QUOTED, _QUOTE_IN_QUOTED, _EAT_CRNL, _AFTER_ESCAPED_CRNL = range(9)


class Reader:
    """CSV reader"""

    def __init__(self, iterable, dialect):
        self._lines = iter(iterable)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._row, self._field, self._state, self._unquoted = [], [], _START_RECORD, False
        strict = self.dialect._strict
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or self._state == _IN_QUOTED:
                    if strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    return self._row
                raise
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)")
            self.line_num += 1
            for c in line:
                self._take(c)
            self._take("")
            if self._state == _START_RECORD:
                return self._row

    def _save(self):
        text = "".join(self._field)
        self._field = []
        quoting = self.dialect._quoting
        if self._unquoted:
            self._unquoted = False
            if quoting == QUOTE_NOTNULL and not text or quoting == QUOTE_STRINGS and not text:
                self._row.append(None)
                return
            if quoting in (QUOTE_NONNUMERIC, QUOTE_STRINGS) and text:
                self._row.append(float(text))
                return
        self._row.append(text)

    def _add(self, c):
        if len(self._field) >= _field_limit:
            raise Error(f"field larger than field limit ({_field_limit})")
        self._field.append(c)

    def _take(self, c):
        d, state = self.dialect, self._state
        end = c in ("", "\n", "\r")
        if state == _START_RECORD:
            if c == "":
                return
            if end:
                self._state = _EAT_CRNL
                return
            state = _START_FIELD
        if state == _START_FIELD:
            if end:
                self._unquoted = True
                self._save()
                self._state = _START_RECORD if c == "" else _EAT_CRNL
            elif c == d._quotechar and d._quoting != QUOTE_NONE:
                self._unquoted = False
                self._state = _IN_QUOTED
            elif c == d._escapechar:
                self._unquoted = True
                self._state = _ESCAPED
            elif c == " " and d._skipinitialspace:
                self._state = _START_FIELD
            elif c == d._delimiter:
                self._unquoted = True
                self._save()
                self._state = _START_FIELD
            else:
                self._unquoted = True
                self._add(c)
                self._state = _IN_FIELD
        elif state == _ESCAPED:
            if c in ("\n", "\r"):
                self._add(c)
                self._state = _AFTER_ESCAPED_CRNL
            else:
                self._add(c or "\n")
                self._state = _IN_FIELD
        elif state == _AFTER_ESCAPED_CRNL and c == "":
            pass
        elif state in (_IN_FIELD, _AFTER_ESCAPED_CRNL):
            if end:
                self._save()
                self._state = _START_RECORD if c == "" else _EAT_CRNL
            elif c == d._escapechar:
                self._state = _ESCAPED
            elif c == d._delimiter:
                self._save()
                self._state = _START_FIELD
            else:
                self._add(c)
                self._state = _IN_FIELD
        elif state == _IN_QUOTED:
            if c == "":
                pass
            elif c == d._escapechar:
                self._state = _ESCAPE_IN_QUOTED
            elif c == d._quotechar and d._quoting != QUOTE_NONE:
                self._state = _QUOTE_IN_QUOTED if d._doublequote else _IN_FIELD
            else:
                self._add(c)
        elif state == _ESCAPE_IN_QUOTED:
            self._add(c or "\n")
            self._state = _IN_QUOTED
        elif state == _QUOTE_IN_QUOTED:
            if d._quoting != QUOTE_NONE and c == d._quotechar:
                self._add(c)
                self._state = _IN_QUOTED
            elif c == d._delimiter:
                self._save()
                self._state = _START_FIELD
            elif end:
                self._save()
                self._state = _START_RECORD if c == "" else _EAT_CRNL
            elif not d._strict:
                self._add(c)
                self._state = _IN_FIELD
            else:
                raise Error(f"'{d._delimiter}' expected after '{d._quotechar}'")
        elif state == _EAT_CRNL:
            if c == "":
                self._state = _START_RECORD
            elif not end:
                raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?")


class Writer:
    """CSV writer"""

    def __init__(self, file, dialect):
        self._write = getattr(file, "write", None)
        if not callable(self._write):
            raise TypeError('argument 1 must have a "write" method')
        self.dialect = dialect

    def _field(self, value, n_fields):
        d = self.dialect
        quoting = d._quoting
        if quoting == QUOTE_NONNUMERIC:
            quoted = not (isinstance(value, (int, float, complex)) or hasattr(type(value), "__float__") or hasattr(type(value), "__index__"))
        elif quoting == QUOTE_ALL:
            quoted = True
        elif quoting == QUOTE_STRINGS:
            quoted = isinstance(value, str)
        elif quoting == QUOTE_NOTNULL:
            quoted = value is not None
        else:
            quoted = False
        text = value if isinstance(value, str) else "" if value is None else str(value)
        special = {d._delimiter, d._escapechar, d._quotechar, "\r", "\n", *d._lineterminator} - {None}
        out = []
        for c in text:
            if c in special:
                escape = quoting == QUOTE_NONE
                if not escape:
                    if c == d._quotechar:
                        if d._doublequote:
                            out.append(d._quotechar)
                        else:
                            escape = True
                    elif c == d._escapechar:
                        escape = True
                    if not escape:
                        quoted = True
                if escape:
                    if d._escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(d._escapechar)
            out.append(c)
        if not text or text == " " and d._delimiter == " " and d._skipinitialspace:
            if d._delimiter == " " and d._skipinitialspace and not quoted:
                if quoting == QUOTE_NONE or value is None and quoting in (QUOTE_STRINGS, QUOTE_NOTNULL):
                    raise Error("empty field must be quoted if delimiter is a space and skipinitialspace is true")
                quoted = True
            if not text and n_fields == 1 and not quoted:
                if quoting == QUOTE_NONE or value is None and quoting in (QUOTE_STRINGS, QUOTE_NOTNULL):
                    raise Error("single empty field record must be quoted")
                quoted = True
        text = "".join(out)
        return d._quotechar + text + d._quotechar if quoted else text

    def writerow(self, row, /):
        """Construct and write a CSV record from an iterable of fields."""
        try:
            fields = iter(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        fields = list(fields)
        text = self.dialect._delimiter.join([self._field(value, len(fields)) for value in fields])
        return self._write(text + self.dialect._lineterminator)

    def writerows(self, rows, /):
        """Construct and write a series of iterables to a csv file."""
        for row in rows:
            self.writerow(row)


Reader.__module__ = Writer.__module__ = "_csv"
Reader.__name__ = Reader.__qualname__ = "reader"
Writer.__name__ = Writer.__qualname__ = "writer"


def reader(iterable, /, dialect=None, **fmtparams):
    """Return a reader object that will process lines from the given iterable."""
    return Reader(iterable, Dialect(dialect, **fmtparams))


def writer(fileobj, /, dialect=None, **fmtparams):
    """Return a writer object that will write user data on the given file object."""
    return Writer(fileobj, Dialect(dialect, **fmtparams))
