"""contextmanager, suppress, ExitStack, closing, nullcontext, redirect_stdout."""
import contextlib, io
@contextlib.contextmanager
def tag(name):
    print("open", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("swallowed", error)
    finally:
        print("close", name)
with tag("a") as a: print(a)
# expect: open a
# expect: A
# expect: close a
with tag("b"): raise ValueError("v")
# expect: open b
# expect: swallowed v
# expect: close b
try:
    with tag("c"): raise KeyError("k")
    # expect: open c
    # expect: close c
except KeyError as error:
    print(repr(error))  # expect: KeyError('k')
@tag("deco")
def f(): return "result"
print(f())
# expect: open deco
# expect: close deco
# expect: result
print(f())
# expect: open deco
# expect: close deco
# expect: result
@contextlib.contextmanager
def bad():
    yield 1
    yield 2
@contextlib.contextmanager
def empty():
    return
    yield
for m in bad, empty:
    try:
        with m(): pass
    except RuntimeError as error:
        print(error)
# expect: generator didn't stop
# expect: generator didn't yield
with contextlib.suppress(KeyError, IndexError): {}["x"]
with contextlib.ExitStack() as stack:
    stack.enter_context(tag("x"))  # expect: open x
    stack.callback(print, "callback", 1)
    stack.push(lambda *e: print("push", e[0]))
    stack.enter_context(contextlib.closing(io.StringIO()))
    kept = stack.pop_all()
print("stack moved")  # expect: stack moved
kept.close()
# expect: push None
# expect: callback 1
# expect: close x
out = io.StringIO()
with contextlib.redirect_stdout(out): print("hidden")
print(repr(out.getvalue()))  # expect: 'hidden\n'
with contextlib.nullcontext(5) as n: print(n)  # expect: 5
class M(contextlib.ContextDecorator):
    def __enter__(self): print("in")
    def __exit__(self, *e): print("out")
@M()
def g(): print("body")
g()
# expect: in
# expect: body
# expect: out
try:
    with contextlib.ExitStack() as s:
        s.callback(lambda: 1 / 0)
        s.callback(lambda: {}["k"])
except ZeroDivisionError as error:
    print(repr(error), repr(error.__context__))  # expect: ZeroDivisionError('division by zero') None
print(isinstance(tag("q"), contextlib.AbstractContextManager))  # expect: True
