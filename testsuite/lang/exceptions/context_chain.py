"""__context__, __cause__ and their cycles."""
def chain(e):
    out = []
    while e is not None:
        out.append(f"{type(e).__name__}({e})")
        e = e.__context__
    return " <- ".join(out)
try:
    try:
        try:
            raise ValueError("1")
        except ValueError:
            raise KeyError("2")
    except KeyError:
        raise TypeError("3")
except TypeError as e:
    print(chain(e))  # expect: TypeError(3) <- KeyError('2') <- ValueError(1)
def helper():
    try:
        raise OSError("inside")
    except OSError:
        pass
try:
    try:
        raise ValueError("a")
    except ValueError:
        helper()
        raise KeyError("b")
except KeyError as e:
    print(chain(e))  # expect: KeyError('b') <- ValueError(a)
a, b = ValueError("a"), KeyError("b")
try:
    try:
        raise a
    except ValueError:
        try:
            raise b
        except KeyError:
            raise a
except ValueError as e:
    print(chain(e))  # expect: ValueError(a) <- KeyError('b')
try:
    raise a
except ValueError:
    try:
        raise a
    except ValueError as same:
        print(same.__context__)  # expect: 'b'
e = ValueError()
e.__cause__ = KeyError("c")
print(e.__suppress_context__, e.__context__)  # expect: True None
for name, value in ("__cause__", 5), ("__context__", "x"), ("__traceback__", 5):
    try:
        setattr(e, name, value)
    except TypeError as error:
        print(error)
# expect: exception cause must be None or derive from BaseException
# expect: exception context must be None or derive from BaseException
# expect: __traceback__ must be a traceback or None
try:
    del e.__cause__
except TypeError as error:
    print(error)  # expect: __cause__ may not be deleted
try:
    raise ValueError("x").with_traceback(None)
except ValueError as err:
    print(err.__traceback__ is not None)  # expect: True
def gen():
    try:
        yield
    except ValueError as v:
        print("gen", v.__context__)
        raise KeyError("from gen")
g = gen()
next(g)
try:
    try:
        raise OSError("outer")
    except OSError:
        g.throw(ValueError("thrown"))  # expect: gen None
except KeyError as e:
    print(chain(e))  # expect: KeyError('from gen') <- ValueError(thrown)
