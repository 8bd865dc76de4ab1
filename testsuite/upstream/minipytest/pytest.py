"""A stand-in for pytest: the part of it that cffi's tests use, with a tenth of its imports."""
import re
import warnings


class Skipped(BaseException):
    """Raised by skip()."""


class XFailed(BaseException):
    """Raised by xfail()."""


class Failed(AssertionError):
    """Raised by fail() and by contexts that saw nothing."""


def skip(msg="", allow_module_level=False, **options):
    raise Skipped(msg)


skip.Exception = Skipped


def xfail(msg=""):
    raise XFailed(msg)


def fail(msg=""):
    raise Failed(msg)


def importorskip(name):
    try:
        return __import__(name, None, None, ["*"])
    except ImportError:
        raise Skipped("no " + name)


class ExcInfo:
    """What raises() knows once its block is left."""

    value = type = tb = None

    def __str__(self):
        return "<ExcInfo %r>" % (self.value,)

    def match(self, pattern):
        assert re.search(pattern, str(self.value)), (pattern, str(self.value))


class _Raises:
    def __init__(self, expected, match=None):
        self.expected = expected
        self.pattern = match
        self.info = ExcInfo()

    def __enter__(self):
        return self.info

    def __exit__(self, kind, value, tb):
        if kind is None:
            raise Failed("DID NOT RAISE %r" % (self.expected,))
        if not issubclass(kind, self.expected):
            return False
        self.info.type, self.info.value, self.info.tb = kind, value, tb
        if self.pattern:
            self.info.match(self.pattern)
        return True


def raises(expected, *args, **options):
    if not args:
        return _Raises(expected, **options)
    with _Raises(expected) as info:
        args[0](*args[1:], **options)
    return info


class _Warns:
    def __init__(self, category, match=None):
        self.category = category

    def __enter__(self):
        self.recorder = warnings.catch_warnings(record=True)
        self.seen = self.recorder.__enter__()
        warnings.simplefilter("always")
        return self.seen

    def __exit__(self, *error):
        self.recorder.__exit__(*error)
        if error[0] is None and not any(issubclass(w.category, self.category) for w in self.seen):
            raise Failed("DID NOT WARN")


def warns(category, *args, **options):
    if not args:
        return _Warns(category, **options)
    with _Warns(category):
        return args[0](*args[1:], **options)


def _tag(function, mark, reason):
    function.__dict__.setdefault("marks", {})[mark] = reason
    return function


class _Mark:
    """pytest.mark: skip, skipif, xfail and parametrize mean something, every other mark nothing."""

    def skip(self, reason=""):
        return lambda function: _tag(function, "skip", reason)

    def skipif(self, condition, reason=""):
        return lambda function: _tag(function, "skip", reason) if condition else function

    def xfail(self, *conditions, **options):
        applies = not conditions or conditions[0]
        return lambda function: _tag(function, "xfail", options.get("reason", "")) if applies else function

    def parametrize(self, names, values, ids=None, **options):
        names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
        rows = [dict(zip(names, value if len(names) > 1 else (value,))) for value in values]

        def decorate(function):
            function.__dict__.setdefault("parameters", []).append(rows)
            return function
        return decorate

    def __getattr__(self, name):
        def mark_or_decorate(*args, **options):
            if len(args) == 1 and callable(args[0]) and not options:
                return args[0]
            return lambda function: function
        return mark_or_decorate


mark = _Mark()


def param(*args, **options):
    return args if len(args) > 1 else args[0]


def fixture(*args, **options):
    if len(args) == 1 and callable(args[0]):
        return args[0]
    return fixture


class MonkeyPatch:
    """Attributes set for the time of a with block."""

    def __init__(self):
        self.saved = []

    @classmethod
    def context(cls):
        return cls()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.undo()

    def setattr(self, target, name, value):
        self.saved.append((target, name, getattr(target, name)))
        setattr(target, name, value)

    def undo(self):
        for target, name, value in reversed(self.saved):
            setattr(target, name, value)


class CaptureFixture:
    """Named in annotations only."""
