"""async for, async with, async generators, async comprehensions."""
import asyncio
class Counter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        return self.n
class Manager:
    async def __aenter__(self):
        print("aenter")
        return "value"
    async def __aexit__(self, kind, value, tb):
        print("aexit", kind and kind.__name__)
        return kind is KeyError
async def agen(n):
    try:
        for i in range(n):
            received = yield i
            if received: print("received", received)
    finally:
        print("agen finally")
async def main():
    async for x in Counter(2): print(x)
    else: print("else")
    async with Manager() as v: print(v)
    async with Manager(), Manager(): raise KeyError
    print([x async for x in agen(3) if x], {x: x async for x in Counter(2)})
    print([y for x in [1, 2] for y in [x] if await asyncio.sleep(0, True)])
    g = agen(3)
    print(await anext(g), await g.asend("hello"), await anext(g))
    print(await anext(g, "default"))
    g = agen(5)
    await anext(g)
    await g.aclose()
    print([x async for x in (i * 2 async for i in Counter(3))])
    try:
        async for x in 5: pass
    except TypeError as error:
        print(error)
    try:
        async with 5: pass
    except TypeError as error:
        print(type(error).__name__)
    try:
        async for x in [1]: pass
    except TypeError as error:
        print(error)
asyncio.run(main())
# expect: 1
# expect: 0
# expect: else
# expect: aenter
# expect: value
# expect: aexit None
# expect: aenter
# expect: aenter
# expect: aexit KeyError
# expect: aexit None
# expect: agen finally
# expect: [1, 2] {1: 1, 0: 0}
# expect: [1, 2]
# expect: received hello
# expect: 0 1 2
# expect: agen finally
# expect: default
# expect: agen finally
# expect: [4, 2, 0]
# expect: 'async for' requires an object with __aiter__ method, got int
# expect: TypeError
# expect: 'async for' requires an object with __aiter__ method, got list
for source in "async def f():\n yield\n return 1", "def f():\n async for x in y: pass", "async with x: pass", "await x", "def f(): [x async for x in y]", "async def f():\n yield from x":
    try:
        compile(source, "a", "exec")
    except SyntaxError as error:
        print(error.msg)
# expect: 'return' with value in async generator
# expect: 'async for' outside async function
# expect: 'async with' outside async function
# expect: 'await' outside function
# expect: asynchronous comprehension outside of an asynchronous function
# expect: 'yield from' inside async function
