"""asyncio tasks, gather, timeouts, cancellation."""
import asyncio
async def work(name, n):
    for i in range(n):
        print(name, i)
        await asyncio.sleep(0)
    return name
async def main():
    print(await asyncio.gather(work("a", 2), work("b", 3)))
    t = asyncio.create_task(work("t", 1))
    print(t.done())
    print(await t, t.done(), t.result())
    async def forever():
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            print("cancelled")
            raise
    t = asyncio.create_task(forever())
    await asyncio.sleep(0)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print(t.cancelled())
    async def fails(): raise ValueError("task failed")
    print(await asyncio.gather(fails(), work("ok", 0), return_exceptions=True))
    try:
        await asyncio.wait_for(forever(), 0.01)
    except TimeoutError as error:
        print(type(error).__name__)
    q = asyncio.Queue()
    async def producer():
        for i in range(3): await q.put(i)
        await q.put(None)
    async def consumer():
        out = []
        while (x := await q.get()) is not None: out.append(x)
        return out
    print((await asyncio.gather(producer(), consumer()))[1])
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(work("g", 1))
    print(a.result())
    f = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(f.set_result, "future")
    print(await f)
asyncio.run(main())
# expect: a 0
# expect: b 0
# expect: a 1
# expect: b 1
# expect: b 2
# expect: ['a', 'b']
# expect: False
# expect: t 0
# expect: t True t
# expect: cancelled
# expect: True
# expect: [ValueError('task failed'), 'ok']
# expect: cancelled
# expect: TimeoutError
# expect: [0, 1, 2]
# expect: g 0
# expect: g
# expect: future
