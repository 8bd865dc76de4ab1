"""Coroutines that await others, all of which finish at once."""


async def leaf(i):
    return i * 2


async def middle(i):
    return await leaf(i) + await leaf(i + 1)


async def f(n):
    s = 0
    for i in range(n):  # jit: call<=6; no-alloc; inlined leaf; inlined middle
        s += await middle(i)
    return s


def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value


print(run(f(3000)))  # expect: 18000000
