"""AsyncExitStack, asynccontextmanager, aclosing, chdir, ExitStack ordering."""
import asyncio, contextlib, os
@contextlib.asynccontextmanager
async def res(name):
    print("open", name)
    try:
        yield name
    finally:
        print("close", name)
async def gen():
    try:
        yield 1
        yield 2
    finally:
        print("gen closed")
async def main():
    async with res("a") as a: print(a)
    async with contextlib.AsyncExitStack() as st:
        for n in "xy": await st.enter_async_context(res(n))
        st.push_async_callback(asyncio.sleep, 0)
        st.callback(print, "sync callback")
    async with contextlib.aclosing(gen()) as g:
        async for v in g:
            print(v)
            break
    try:
        async with res("e"): raise ValueError("inside")
    except ValueError as error:
        print(error)
asyncio.run(main())
# expect: open a
# expect: a
# expect: close a
# expect: open x
# expect: open y
# expect: sync callback
# expect: close y
# expect: close x
# expect: 1
# expect: gen closed
# expect: open e
# expect: close e
# expect: inside
here = os.getcwd()
with contextlib.chdir("/"): print(os.getcwd())  # expect: /
print(os.getcwd() == here)  # expect: True
class Cm:
    def __init__(self, n, swallow=False): self.n, self.swallow = n, swallow
    def __enter__(self): print("enter", self.n); return self
    def __exit__(self, k, v, t): print("exit", self.n, v); return self.swallow
with contextlib.ExitStack() as st:
    for i in range(3): st.enter_context(Cm(i, swallow=i == 1))
    raise KeyError("x")
# expect: enter 0
# expect: enter 1
# expect: enter 2
# expect: exit 2 'x'
# expect: exit 1 'x'
# expect: exit 0 None
st = contextlib.ExitStack()
try:
    st.enter_context(5)
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
with contextlib.suppress(ExceptionGroup, ValueError): raise ExceptionGroup("g", [ValueError()])
try:
    with contextlib.suppress(ValueError): raise ExceptionGroup("g", [ValueError(), KeyError("k")])
except ExceptionGroup as g:
    print(g.exceptions)  # expect: (KeyError('k'),)
