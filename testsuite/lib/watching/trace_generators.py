"""sys.settrace: generators, coroutines, comprehensions, class bodies."""
import sys
import types

def show(function, *args):
    """The events of a call, lines counted from the function's first."""
    first = function.__code__.co_firstlineno
    events = []
    def trace(frame, event, arg):
        if frame.f_code.co_filename != __file__:
            return None
        what = arg[0].__name__ if event == "exception" else arg if event == "return" and isinstance(arg, int) else ""
        events.append("%s %s %d %s" % (frame.f_code.co_name, event, frame.f_lineno - first, what))
        return trace
    sys.settrace(trace)
    function(*args)
    sys.settrace(None)
    print("; ".join(event.rstrip() for event in events))

def counts(n):
    for i in range(n):
        sent = yield i
    return 7

def delegates():
    result = yield from counts(1)
    return result

def uses():
    for v in counts(2):
        w = v
    for v in delegates():
        pass
    it = counts(2)
    next(it)
    it.close()
    it = counts(2)
    next(it)
    try:
        it.throw(KeyError)
    except KeyError:
        pass
show(uses)

def comprehends():
    a = [i for i in range(2)]
    b = {i: i
         for i in range(2)
         if i}
    return sum(i for i in a)
show(comprehends)

@types.coroutine
def switch():
    yield 1

class Async:
    def __init__(self):
        self.n = 0
    async def __aenter__(self):
        return self
    async def __aexit__(self, *args):
        return None
    def __aiter__(self):
        return self
    async def __anext__(self):
        self.n += 1
        if self.n > 1:
            raise StopAsyncIteration
        return self.n

async def main():
    await switch()
    async with Async():
        pass
    async for i in Async():
        x = i
    return x

def drives():
    c = main()
    c.send(None)
    try:
        c.send(None)
    except StopIteration:
        pass
show(drives)

class Iterator:
    def __iter__(self):
        return self
    def __next__(self):
        raise StopIteration

def iterates():
    for x in Iterator():
        pass
    a = list(Iterator())
show(iterates)

def decorator(f):
    return f

def defines():
    @decorator
    class A:
        """A docstring."""
        x = 1
        def m(self):
            return 2
    f = lambda: 3
    A().m()
    f()
show(defines)
# expect: uses call 0; uses line 1; counts call -9; counts line -8; counts line -7; counts return -7 0; uses line 2; uses line 1; counts call -7; counts line -8; counts line -7; counts return -7 1; uses line 2; uses line 1; counts call -7; counts line -8; counts line -6; counts return -6 7; uses exception 1 StopIteration; uses line 3; delegates call -4; delegates line -3; counts call -9; counts line -8; counts line -7; counts return -7 0; delegates return -3 0; uses line 4; uses line 3; delegates call -3; counts call -7; counts line -8; counts line -6; counts return -6 7; delegates exception -3 StopIteration; delegates line -2; delegates return -2 7; uses exception 3 StopIteration; uses line 5; uses line 6; counts call -9; counts line -8; counts line -7; counts return -7 0; uses line 7; uses line 8; uses line 9; counts call -9; counts line -8; counts line -7; counts return -7 0; uses line 10; uses line 11; counts call -7; counts exception -7 KeyError; counts return -7; uses exception 11 KeyError; uses line 12; uses line 13; uses return 13
# expect: comprehends call 0; comprehends line 1; comprehends line 1; comprehends line 1; comprehends line 3; comprehends line 2; comprehends line 3; comprehends line 4; comprehends line 2; comprehends line 3; comprehends line 4; comprehends line 2; comprehends line 3; comprehends line 2; comprehends line 5; <genexpr> call 5; <genexpr> line 5; <genexpr> return 5 0; <genexpr> call 5; <genexpr> line 5; <genexpr> return 5 1; <genexpr> call 5; <genexpr> line 5; <genexpr> return 5; comprehends return 5 1
# expect: drives call 0; drives line 1; drives line 2; main call -8; main line -7; switch call -27; switch line -25; switch return -25 1; main return -7 1; drives line 3; drives line 4; main call -7; switch call -25; switch return -25; main exception -7 StopIteration; main line -6; __init__ call -22; __init__ line -21; __init__ return -21; __aenter__ call -20; __aenter__ line -19; __aenter__ return -19; main exception -6 StopIteration; main line -5; main line -6; __aexit__ call -18; __aexit__ line -17; __aexit__ return -17; main exception -6 StopIteration; main line -4; __init__ call -22; __init__ line -21; __init__ return -21; __aiter__ call -16; __aiter__ line -15; __aiter__ return -15; __anext__ call -14; __anext__ line -13; __anext__ line -12; __anext__ line -10; __anext__ return -10 1; main exception -4 StopIteration; main line -3; main line -4; __anext__ call -14; __anext__ line -13; __anext__ line -12; __anext__ line -11; __anext__ exception -11 StopAsyncIteration; __anext__ return -11; main exception -4 StopAsyncIteration; main line -2; main return -2 1; drives exception 4 StopIteration; drives line 5; drives line 6; drives return 6
# expect: iterates call 0; iterates line 1; __iter__ call -5; __iter__ line -4; __iter__ return -4; __next__ call -3; __next__ line -2; __next__ exception -2 StopIteration; __next__ return -2; iterates exception 1 StopIteration; iterates line 3; __iter__ call -5; __iter__ line -4; __iter__ return -4; __next__ call -3; __next__ line -2; __next__ exception -2 StopIteration; __next__ return -2; iterates return 3
# expect: defines call 0; defines line 1; defines line 2; A call 1; A line 1; A line 3; A line 4; A line 5; A return 5; defines line 1; decorator call -3; decorator line -2; decorator return -2; defines line 2; defines line 7; defines line 8; m call 5; m line 6; m return 6 2; defines line 9; <lambda> call 7; <lambda> line 7; <lambda> return 7 3; defines return 9
