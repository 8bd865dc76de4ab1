"""Functions to be called when the interpreter ends; `_run_exitfuncs` is called then, last registered first."""

_functions = []


def register(func, /, *args, **kwargs):
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _functions.append((func, args, kwargs))
    return func


def unregister(func, /):
    _functions[:] = [entry for entry in _functions if not entry[0] == func]


def _clear():
    _functions.clear()


def _ncallbacks():
    return len(_functions)


def _run_exitfuncs():
    import sys
    while _functions:
        func, args, kwargs = _functions.pop()
        try:
            func(*args, **kwargs)
        except BaseException as error:
            hook = sys.unraisablehook
            hook(_Unraisable(type(error), error, error.__traceback__, "Exception ignored in atexit callback", func))


class _Unraisable:
    def __init__(self, *fields):
        self.exc_type, self.exc_value, self.exc_traceback, self.err_msg, self.object = fields
