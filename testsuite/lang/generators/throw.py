"""throw() raises at the paused yield."""
def g():
    while True:
        try:
            value = yield "ready"
        except ValueError as error:
            yield f"handled {error}"
        finally:
            print("finally")
it = g()
next(it)
print(it.throw(ValueError("bad")))  # expect: handled bad
print(next(it))
# expect: finally
# expect: ready
try:
    it.throw(KeyError("key"))  # expect: finally
except KeyError as error:
    print("out", error)  # expect: out 'key'
print(list(it))  # expect: []
fresh = g()
try:
    fresh.throw(ValueError("early"))
except ValueError as error:
    print("unstarted", error, next(fresh, "finished"))  # expect: unstarted early finished
def returns():
    try:
        yield 1
    except ValueError:
        return "from handler"
r = returns()
next(r)
try:
    r.throw(ValueError)
except StopIteration as stop:
    print(stop.value)  # expect: from handler
def chained():
    try:
        yield
    except ValueError:
        raise KeyError("new")
c = chained()
next(c)
try:
    c.throw(ValueError("old"))
except KeyError as error:
    print(repr(error), repr(error.__context__))  # expect: KeyError('new') ValueError('old')
for bad in 5, "x", int:
    try:
        g().throw(bad)
    except TypeError as error:
        print(error)
# expect: exceptions must be classes or instances deriving from BaseException, not int
# expect: exceptions must be classes or instances deriving from BaseException, not str
# expect: exceptions must be classes or instances deriving from BaseException, not type
