"""asyncio locks, events, semaphores, queues, timeouts."""
import asyncio
async def main():
    lock = asyncio.Lock()
    order = []
    async def worker(n):
        async with lock:
            order.append(("in", n))
            await asyncio.sleep(0)
            order.append(("out", n))
    await asyncio.gather(*(worker(i) for i in range(3)))
    print(order, lock.locked())
    e = asyncio.Event()
    async def waiter():
        await e.wait()
        return "set"
    t = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    e.set()
    print(await t, e.is_set())
    sem = asyncio.Semaphore(2)
    active = peak = 0
    async def limited():
        nonlocal active, peak
        async with sem:
            active += 1
            peak = max(peak, active)
            await asyncio.sleep(0)
            active -= 1
    await asyncio.gather(*(limited() for _ in range(6)))
    print(peak)
    try:
        async with asyncio.timeout(0.01): await asyncio.sleep(10)
    except TimeoutError:
        print("timeout")
    q = asyncio.PriorityQueue()
    for x in 3, 1, 2: q.put_nowait(x)
    print([await q.get() for _ in range(3)], q.empty())
    cond = asyncio.Condition()
    items = []
    async def consumer():
        async with cond:
            await cond.wait_for(lambda: items)
            return items.pop()
    c = asyncio.create_task(consumer())
    await asyncio.sleep(0)
    async with cond:
        items.append("thing")
        cond.notify_all()
    print(await c)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(asyncio.sleep(10))
            async def bad(): raise ValueError("in group")
            tg.create_task(bad())
    except* ValueError as g:
        print(g.exceptions)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0, i)) for i in range(3)])
    print(sorted(t.result() for t in done), pending)
    print([await f for f in asyncio.as_completed([asyncio.sleep(0, "x")])])
    t = asyncio.create_task(asyncio.sleep(0, "named"), name="N")
    print(t.get_name(), await asyncio.shield(t), await asyncio.to_thread(lambda: "thread"))
    loop = asyncio.get_running_loop()
    out = []
    loop.call_later(0.002, out.append, "later")
    loop.call_soon(out.append, "soon")
    await asyncio.sleep(0.02)
    print(out, await loop.run_in_executor(None, pow, 2, 8))
asyncio.run(main())
# expect: [('in', 0), ('out', 0), ('in', 1), ('out', 1), ('in', 2), ('out', 2)] False
# expect: set True
# expect: 2
# expect: timeout
# expect: [1, 2, 3] True
# expect: thing
# expect: (ValueError('in group'),)
# expect: [0, 1, 2] set()
# expect: ['x']
# expect: N named thread
# expect: ['soon', 'later'] 256
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)  # expect: no running event loop
import contextvars
v = contextvars.ContextVar("v", default=0)
async def ctx():
    async def child():
        v.set(5)
        return v.get()
    r = await asyncio.create_task(child())
    return r, v.get()
print(asyncio.run(ctx()), contextvars.copy_context().run(lambda: (v.set(9), v.get())[1]), v.get())  # expect: (5, 0) 9 0
