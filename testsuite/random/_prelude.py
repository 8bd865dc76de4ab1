"""The head of every program: how values and tracebacks are printed, and a few things that all programs use."""

PRELUDE = '''\
import math, sys, gc, functools, itertools


class Oops(Exception):
    pass


class Worse(Oops):
    pass


def text(value, depth=0):
    kind = type(value)
    if value is None or kind is bool or kind is float or kind is str:
        return repr(value)
    if isinstance(value, int):
        return repr(int(value)) if -10 ** 40 < value < 10 ** 40 else "big" + repr(int(value) % 1000000007)
    if depth > 3:
        return "..."
    if isinstance(value, (list, tuple)):
        return kind.__name__ + "(" + ", ".join([text(item, depth + 1) for item in value]) + ")"
    if isinstance(value, dict):
        return "{" + ", ".join([text(k, depth + 1) + ": " + text(v, depth + 1) for k, v in value.items()]) + "}"
    if isinstance(value, (set, frozenset)):
        return kind.__name__ + "(" + ", ".join(sorted([text(item, depth + 1) for item in value])) + ")"
    if isinstance(value, Oops):
        return kind.__name__ + text(value.args, depth + 1)
    if isinstance(value, BaseException):
        return kind.__name__
    if hasattr(value, "__dict__") and not callable(value):
        return kind.__name__ + text(dict(sorted(value.__dict__.items())), depth + 1)
    return "<" + kind.__name__ + ">"


def show(*values):
    print(*[text(value) for value in values])


def where(error):
    """The exception, its context and the lines of its traceback."""
    at, lines = error.__traceback__, []
    while at is not None:
        name = at.tb_frame.f_code.co_name
        # Comprehensions have frames in older versions.
        if name not in ("<listcomp>", "<dictcomp>", "<setcomp>"):
            lines.append(name + ":" + str(at.tb_lineno))
        at = at.tb_next
    print("raised", text(error), text(error.__context__), text(error.__cause__), *lines[-8:])


class Manager:
    def __init__(self, swallow, log=None):
        self.swallow, self.log = swallow, log

    def __enter__(self):
        if self.log is not None:
            self.log.append(1)
        return self.swallow

    def __exit__(self, kind, error, traceback):
        if self.log is not None:
            self.log.append(2 if kind is None else 3)
            del self.log[12:]
        return kind is not None and self.swallow > 0 and issubclass(kind, (Oops, ArithmeticError, LookupError))


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Lazy:
    """A descriptor without __set__: the instance's own attribute goes first."""

    def __init__(self, value):
        self.value = value

    def __get__(self, instance, owner):
        return self.value if instance is None else self.value + 1


class Typed:
    """A data descriptor."""

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return 0 if instance is None else instance.__dict__.get(self.name, -1)

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value


def counted(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        inner.calls += 1
        return function(*args, **kwargs)
    inner.calls = 0
    return inner
'''

CFFI = '''\
from cffi import FFI

ffi = FFI()
ffi.cdef("""
    int abs(int);
    long labs(long);
    double fabs(double);
    double sqrt(double);
    int toupper(int);
    size_t strlen(const char *);
    int strcmp(const char *, const char *);
    void *memset(void *, int, size_t);
    void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
    struct pair { int a; double b; };
    struct node { struct node *next; short tag; unsigned char small; float real; long long wide; struct pair pair; };
    union word { int i; float f; unsigned char bytes[4]; };
""")
C = ffi.dlopen(None)


@ffi.callback("int(const void *, const void *)")
def by_value(a, b):
    a, b = ffi.cast("int *", a)[0], ffi.cast("int *", b)[0]
    return (a > b) - (a < b)


@ffi.callback("int(int)")
def twice(n):
    return n * 2 if n < 1000000000 else -1


@ffi.callback("double(double, int)", error=-1.0)
def risky(x, n):
    if n % 7 == 3:
        raise Oops(n)
    return x / (n - 5)
'''
