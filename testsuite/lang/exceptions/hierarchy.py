"""Built-in exception classes."""
def chain(e):
    return " < ".join(c.__name__ for c in e.__mro__[:-1])
for e in ZeroDivisionError, KeyError, IndexError, UnicodeDecodeError, FileNotFoundError, ModuleNotFoundError, NotImplementedError, RecursionError, IndentationError, TabError, StopAsyncIteration, BrokenPipeError, ConnectionResetError, UnboundLocalError, KeyboardInterrupt, SystemExit, GeneratorExit, FloatingPointError, BytesWarning, EncodingWarning, BaseExceptionGroup, ExceptionGroup, PythonFinalizationError:
    print(chain(e))
# expect: ZeroDivisionError < ArithmeticError < Exception < BaseException
# expect: KeyError < LookupError < Exception < BaseException
# expect: IndexError < LookupError < Exception < BaseException
# expect: UnicodeDecodeError < UnicodeError < ValueError < Exception < BaseException
# expect: FileNotFoundError < OSError < Exception < BaseException
# expect: ModuleNotFoundError < ImportError < Exception < BaseException
# expect: NotImplementedError < RuntimeError < Exception < BaseException
# expect: RecursionError < RuntimeError < Exception < BaseException
# expect: IndentationError < SyntaxError < Exception < BaseException
# expect: TabError < IndentationError < SyntaxError < Exception < BaseException
# expect: StopAsyncIteration < Exception < BaseException
# expect: BrokenPipeError < ConnectionError < OSError < Exception < BaseException
# expect: ConnectionResetError < ConnectionError < OSError < Exception < BaseException
# expect: UnboundLocalError < NameError < Exception < BaseException
# expect: KeyboardInterrupt < BaseException
# expect: SystemExit < BaseException
# expect: GeneratorExit < BaseException
# expect: FloatingPointError < ArithmeticError < Exception < BaseException
# expect: BytesWarning < Warning < Exception < BaseException
# expect: EncodingWarning < Warning < Exception < BaseException
# expect: BaseExceptionGroup < BaseException
# expect: ExceptionGroup < BaseExceptionGroup < Exception < BaseException
# expect: PythonFinalizationError < RuntimeError < Exception < BaseException
print(OSError is IOError is EnvironmentError, issubclass(TimeoutError, OSError))  # expect: True True
print(repr(ValueError()), repr(ValueError("a")), repr(ValueError("a", 1)), str(ValueError()), str(ValueError("a", 1)), str(KeyError("k")), str(KeyError()), str(KeyError("a", "b")))
# expect: ValueError() ValueError('a') ValueError('a', 1)  ('a', 1) 'k'  ('a', 'b')
e = OSError(2, "No such file", "name.txt")
print(type(e).__name__, e, e.errno, e.strerror, e.filename, e.args, repr(e))
# expect: FileNotFoundError [Errno 2] No such file: 'name.txt' 2 No such file name.txt (2, 'No such file') FileNotFoundError(2, 'No such file')
print(type(OSError(13, "x")).__name__, type(OSError(17, "x")).__name__, OSError("only"), OSError(1, 2), OSError().errno)
# expect: PermissionError FileExistsError only [Errno 1] 2 None
s = SyntaxError("msg", ("file", 1, 2, "text"))
print(s.msg, s.filename, s.lineno, s.offset, s.text, s)  # expect: msg file 1 2 text msg (file, line 1)
s = StopIteration(1, 2)
print(s.value, s.args, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code)  # expect: 1 (1, 2) 3 None (1, 2)
u = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "reason")
print(u, u.object, u.start, u.end)  # expect: 'utf-8' codec can't decode byte 0xff in position 0: reason b'\xff' 0 1
print(NameError("m", name="n").name, AttributeError("m", name="n", obj=5).obj, ImportError("m", name="n", path="p").path)  # expect: n 5 p
for args in ("utf-8",), (1, 2, 3, 4, 5):
    try:
        UnicodeDecodeError(*args)
    except TypeError as error:
        print(error)
# expect: function takes exactly 5 arguments (1 given)
# expect: argument 1 must be str, not int
