"""ExceptionGroup and except*."""
eg = ExceptionGroup("many", [ValueError(1), KeyError("k"), ExceptionGroup("inner", [ValueError(2), OSError(3)])])
print(repr(eg), eg.message, len(eg.exceptions), eg)
# expect: ExceptionGroup('many', [ValueError(1), KeyError('k'), ExceptionGroup('inner', [ValueError(2), OSError(3)])]) many 3 many (3 sub-exceptions)
match, rest = eg.split(ValueError)
print(match, match.exceptions, rest.exceptions)
# expect: many (2 sub-exceptions) (ValueError(1), ExceptionGroup('inner', [ValueError(2)])) (KeyError('k'), ExceptionGroup('inner', [OSError(3)]))
print(eg.subgroup(TypeError), eg.subgroup(lambda e: isinstance(e, OSError)).exceptions)  # expect: None (ExceptionGroup('inner', [OSError(3)]),)
try:
    raise eg
except* ValueError as g:
    print("values", g.exceptions)  # expect: values (ValueError(1), ExceptionGroup('inner', [ValueError(2)]))
except* (KeyError, OSError) as g:
    print("others", g.exceptions)  # expect: others (KeyError('k'), ExceptionGroup('inner', [OSError(3)]))
else:
    print("never")
finally:
    print("finally")  # expect: finally
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise KeyError("new")
except ExceptionGroup as g:
    print(g.message, [type(e).__name__ for e in g.exceptions])  # expect:  ['KeyError', 'ExceptionGroup']
try:
    raise ValueError("single")
except* ValueError as g:
    print(repr(g))  # expect: ExceptionGroup('', (ValueError('single'),))
try:
    try:
        raise ExceptionGroup("left", [OSError(1)])
    except* ValueError:
        print("no")
except ExceptionGroup as g:
    print("unhandled", g)  # expect: unhandled left (1 sub-exception)
for args in ("m",), ("m", []), ("m", [5]), (5, [ValueError()]), ("m", 5), ("m", [KeyboardInterrupt()]):
    try:
        print(repr(ExceptionGroup(*args)))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
# expect: TypeError BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)
# expect: ValueError second argument (exceptions) must be a non-empty sequence
# expect: ValueError Item 0 of second argument (exceptions) is not an exception
# expect: TypeError BaseExceptionGroup.__new__() argument 1 must be str, not int
# expect: TypeError second argument (exceptions) must be a sequence
# expect: TypeError Cannot nest BaseExceptions in an ExceptionGroup
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
# expect: ExceptionGroup BaseExceptionGroup
class Mine(ExceptionGroup):
    def derive(self, excs): return Mine(self.message + "'", excs)
print(repr(Mine("mine", [ValueError(1), KeyError(2)]).split(KeyError)))  # expect: (Mine("mine'", [KeyError(2)]), Mine("mine'", [ValueError(1)]))
