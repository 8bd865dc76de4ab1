"""Bare raise re-raises the exception being handled."""
def helper():
    raise
def f():
    try:
        raise ValueError("v")
    except ValueError:
        try:
            raise KeyError("k")
        except KeyError:
            pass
        raise
try:
    f()
except ValueError as e:
    print(repr(e), e.__context__)  # expect: ValueError('v') None
try:
    try:
        raise OSError("x")
    except OSError:
        helper()
except OSError as e:
    print("helper re-raised", e)  # expect: helper re-raised x
try:
    helper()
except RuntimeError as e:
    print(e)  # expect: No active exception to reraise
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        e.args = ("changed",)
        raise
except ZeroDivisionError as e:
    print(e)  # expect: changed
def nested():
    try:
        raise ValueError(1)
    except ValueError:
        try:
            raise
        except ValueError as inner:
            return inner.args
print(nested())  # expect: (1,)
def in_finally():
    try:
        try:
            raise ValueError("f")
        finally:
            try:
                raise
            except ValueError as e:
                print("active in finally:", e)
    except ValueError:
        return "outer"
print(in_finally())
# expect: active in finally: f
# expect: outer
import sys
def info():
    before = sys.exception()
    try:
        raise KeyError("now")
    except KeyError:
        during = sys.exception(), sys.exc_info()[0]
    return before, during, sys.exception()
print(info())  # expect: (None, (KeyError('now'), <class 'KeyError'>), None)
