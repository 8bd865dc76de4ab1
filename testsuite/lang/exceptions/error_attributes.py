"""Attributes of AttributeError, NameError, KeyError, ImportError, OSError, StopIteration."""
def catch(f):
    try: f()
    except Exception as e: return e
class A: __slots__ = ("x",)
e = catch(lambda: A().y)
print(e.name, type(e.obj).__name__, e.args)  # expect: y A ("'A' object has no attribute 'y'",)
e = catch(lambda: undefined_thing)
print(e.name, e.args)  # expect: undefined_thing ("name 'undefined_thing' is not defined",)
e = catch(lambda: {}["key"])
print(e.args, str(e), repr(e))  # expect: ('key',) 'key' KeyError('key')
e = catch(lambda: {}[(1, 2)])
print(e.args, str(e))  # expect: ((1, 2),) (1, 2)
e = catch(lambda: __import__("no_mod_q"))
print(e.name, e.path, e.msg)  # expect: no_mod_q None No module named 'no_mod_q'
e = catch(lambda: open("/no/such/file/q"))
print(e.errno, e.strerror, e.filename, e.filename2, str(e), e.args)
# expect: 2 No such file or directory /no/such/file/q None [Errno 2] No such file or directory: '/no/such/file/q' (2, 'No such file or directory')
e = catch(lambda: next(iter(())))
print(repr(e), e.value)  # expect: StopIteration() None
e = catch(lambda: int("zz"))
print(e.args)  # expect: ("invalid literal for int() with base 10: 'zz'",)
e = catch(lambda: "é".encode("ascii"))
print(e.encoding, e.object, e.start, e.end, e.reason, len(e.args))  # expect: ascii é 0 1 ordinal not in range(128) 5
e = catch(lambda: exec("a b"))
print(e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset)
# expect: invalid syntax 1 3 a b
# expect:  1 4
e = catch(lambda: [].pop())
print(e.args, e.__cause__, e.__context__, e.__suppress_context__, type(e.__traceback__).__name__)
# expect: ('pop from empty list',) None None False traceback
e = catch(lambda: 1 / 0)
print(e.with_traceback(None) is e, e.__traceback__)  # expect: True None
e = ValueError("a", 2)
e.args = ("changed",)
print(e, repr(e))  # expect: changed ValueError('changed')
e.args = [1, 2]
print(e.args)  # expect: (1, 2)
e.custom = "attr"
print(vars(e), e.custom)  # expect: {'custom': 'attr'} attr
try:
    e.args = 5
except TypeError as error:
    print(error)  # expect: 'int' object is not iterable
e = KeyError("quoted 'key'")
print(str(e), f"{e!s}", f"{e!r}")  # expect: "quoted 'key'" "quoted 'key'" KeyError("quoted 'key'")
