"""Coroutines driven by hand and by asyncio.run."""
import asyncio
async def add(a, b):
    return a + b
async def main():
    x = await add(1, 2)
    y = await add(await add(1, 1), x)
    return x, y
c = main()
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)  # expect: (3, 5)
print(asyncio.run(main()), type(c).__name__, c.__name__, asyncio.iscoroutinefunction(main))  # expect: (3, 5) coroutine main True
class Await:
    def __init__(self, *v): self.v = v
    def __await__(self):
        for x in self.v:
            got = yield x
            print("got", got)
        return "done"
async def uses():
    return await Await(1, 2)
c = uses()
print(c.send(None), c.send("a"))
# expect: got a
# expect: 1 2
try:
    c.send("b")  # expect: got b
except StopIteration as stop:
    print(stop.value)  # expect: done
c = add(1, 2)
c.close()
try:
    c.send(None)
except RuntimeError as error:
    print(error)  # expect: cannot reuse already awaited coroutine
async def bad(): await 5
try:
    asyncio.run(bad())
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
async def raises():
    try:
        await Await(1)
    except ValueError as error:
        return f"caught {error}"
c = raises()
c.send(None)
try:
    c.throw(ValueError("thrown"))
except StopIteration as stop:
    print(stop.value)  # expect: caught thrown
