"""Awaitables, coroutine state and async generators without an event loop."""
import types, inspect
@types.coroutine
def switch(v): return (yield v)
async def worker(n):
    total = 0
    for i in range(n): total += await switch(("want", i))
    return total
def drive(c):
    out, send = [], None
    while True:
        try: out.append(c.send(send))
        except StopIteration as s: return out, s.value
        send = out[-1][1] * 10
print(drive(worker(3)))  # expect: ([('want', 0), ('want', 1), ('want', 2)], 30)
c = worker(1)
print(inspect.getcoroutinestate(c), c.cr_running, c.cr_await)  # expect: CORO_CREATED False None
c.send(None)
print(inspect.getcoroutinestate(c), c.cr_frame.f_locals["n"])  # expect: CORO_SUSPENDED 1
c.close()
print(inspect.getcoroutinestate(c), c.cr_frame)  # expect: CORO_CLOSED None
async def agen():
    try:
        x = yield 1
        print("got", x)
        await switch("inner await")
        yield 2
    finally: print("agen cleanup")
def step(aw, v=None):
    try: return "yielded", aw.send(v)
    except StopIteration as s: return "value", s.value
    except StopAsyncIteration: return "end",
g = agen()
print(step(g.__anext__()), step(a := g.asend("hello")), step(a, "resumed"), step(g.aclose()), step(g.__anext__()))
# expect: got hello
# expect: agen cleanup
# expect: ('value', 1) ('yielded', 'inner await') ('value', 2) ('value', None) ('end',)
class It:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        return self.n
async def consume(): return [x * 2 async for x in It() if x != 2]
print(drive(consume()))  # expect: ([], [2, 6])
class CM:
    async def __aenter__(self): await switch(("e", 0)); return self
    async def __aexit__(self, *e): await switch(("x", 0)); return True
async def use():
    async with CM(): raise ValueError
    return "suppressed"
print(drive(use()))  # expect: ([('e', 0), ('x', 0)], 'suppressed')
async def bad(): return 1
for f in lambda: next(bad()), lambda: iter(bad()), lambda: [*bad()], lambda: len(bad()):
    c = None
    try: f()
    except TypeError as e: print(e)
# expect: 'coroutine' object is not an iterator
# expect: 'coroutine' object is not iterable
# expect: Value after * must be an iterable, not coroutine
# expect: object of type 'coroutine' has no len()
async def wrong():
    try: await 5
    except TypeError as e: print(type(e).__name__)
    try:
        async for _ in []: pass
    except TypeError as e: print(e)
    class NoAwait:
        def __await__(self): return 5
    try: await NoAwait()
    except TypeError as e: print(e)
drive(wrong())
# expect: TypeError
# expect: 'async for' requires an object with __aiter__ method, got list
# expect: __await__() returned non-iterator of type 'int'
c = bad()
try: c.send(5)
except TypeError as e: print(e)  # expect: can't send non-None value to a just-started coroutine
c.close()
d = bad()
drive(d)
try: d.send(None)
except RuntimeError as e: print(e)  # expect: cannot reuse already awaited coroutine
print(inspect.iscoroutine(d), inspect.isawaitable(d), inspect.isasyncgenfunction(agen), bad.__code__.co_flags & inspect.CO_COROUTINE != 0)
# expect: True True True True
