"""Steps of asynchronous generators: values, awaits, ends, exceptions on both sides, and who is running meanwhile."""
import sys


class Ask:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


def drive(coroutine, *answers):
    """Run a coroutine, giving it the answers in turn; an exception is thrown."""
    asked = []
    answers = list(answers)
    send, value = coroutine.send, None
    while True:
        try:
            asked.append(send(value))
        except StopIteration as stop:
            return asked, stop.value
        except Exception as error:
            return asked, type(error).__name__, *error.args
        value = answers.pop(0) if answers else None
        send = coroutine.throw if isinstance(value, BaseException) else coroutine.send


async def count(n):
    for i in range(n):
        yield i


async def asks(n):
    for i in range(n):
        got = await Ask(("need", i))
        yield i, got


async def total(iterator):
    result = []
    async for item in iterator:
        result.append(item)
    return result


print(drive(total(count(5))))
# expect: ([], [0, 1, 2, 3, 4])
print(drive(total(asks(3)), "a", "b", "c"))
# expect: ([('need', 0), ('need', 1), ('need', 2)], [(0, 'a'), (1, 'b'), (2, 'c')])
print(drive(total(asks(3)), "a", KeyError("thrown in")))
# expect: ([('need', 0), ('need', 1)], 'KeyError', 'thrown in')


async def sums():
    t = 0
    async for v in count(300):
        t += v
    t += sum([v async for v in count(300)])
    return t + len({v: 1 async for v in count(50)})


print(drive(sums()))
# expect: ([], 89750)


async def handles():
    for i in range(3):
        try:
            yield i, await Ask(i)
        except LookupError as error:
            yield "caught", repr(error)


print(drive(total(handles()), "x", KeyError("k"), "z"))
# expect: ([0, 1, 2], [(0, 'x'), ('caught', "KeyError('k')"), (2, 'z')])


async def fails(n):
    yield n
    raise ValueError("inside", n)


async def catches():
    log = []
    for n in range(3):
        try:
            async for v in fails(n):
                log.append(v)
        except ValueError as error:
            log.append(error.args)
            frame = error.__traceback__
            names = []
            while frame:
                names.append(frame.tb_frame.f_code.co_name)
                frame = frame.tb_next
            log.append(names)
    return log


print(drive(catches()))
# expect: ([], [0, ('inside', 0), ['catches', 'fails'], 1, ('inside', 1), ['catches', 'fails'], 2, ('inside', 2), ['catches', 'fails']])


async def stops(kind):
    yield 1
    raise kind("x")


for kind in StopIteration, StopAsyncIteration:
    print(drive(total(stops(kind))))
# expect: ([], 'RuntimeError', 'async generator raised StopIteration')
# expect: ([], 'RuntimeError', 'async generator raised StopAsyncIteration')


async def outer(n):
    async for v in count(n):
        yield v
    async for v in asks(1):
        yield v
    if n:
        async for v in outer(n - 1):
            yield "in", v


print(drive(total(outer(2)), 7, 8, 9))
# expect: ([('need', 0), ('need', 0), ('need', 0)], [0, 1, (0, 7), ('in', 0), ('in', (0, 8)), ('in', ('in', (0, 9)))])


async def early():
    log = []

    async def closes():
        try:
            for i in range(5):
                yield i
        finally:
            log.append(await Ask("closing"))

    g = closes()
    async for v in g:
        log.append(v)
        if v == 2:
            break
    await g.aclose()
    log.append([v async for v in g])
    return log


print(drive(early(), "closed"))
# expect: (['closing'], [0, 1, 2, 'closed', []])


async def sends():
    log = []

    async def echo():
        got = None
        while got != "end":
            got = yield got

    g = echo()
    log.append(await anext(g))
    for value in "a", "b":
        log.append(await g.asend(value))
    try:
        await g.asend("end")
    except StopAsyncIteration as stop:
        log.append(repr(stop))
    log.append(await anext(g, "default"))
    step = count(1).asend(None)
    log.append(await step)
    try:
        await step
    except RuntimeError as error:
        log.append(str(error))
    try:
        await count(1).asend(5)
    except TypeError as error:
        log.append(str(error))
    try:
        await echo().athrow(OSError("thrown"))
    except OSError as error:
        log.append(str(error))
    return log


print(drive(sends()))
# expect: ([], [None, 'a', 'b', 'StopAsyncIteration()', 'default', 0, 'cannot reuse already awaited __anext__()/asend()', "can't send non-None value to a just-started async generator", 'thrown'])


async def running():
    log = []

    async def looks():
        log.append((g.ag_running, g.ag_frame is not None, sys._getframe(1).f_code.co_name))
        try:
            await g.asend(None)
        except RuntimeError as error:
            log.append(str(error))
        await Ask("pause")
        yield 1

    g = looks()
    log.append(g.ag_running)
    async for _ in g:
        log.append(g.ag_running)
    log.append((g.ag_running, g.ag_frame))
    return log


print(drive(running()))
# expect: (['pause'], [False, (True, True, 'running'), 'anext(): asynchronous generator is already running', False, (False, None)])


async def deep(n):
    if n:
        async for v in deep(n - 1):
            yield v + 1
    else:
        yield 0


print(drive(total(deep(100))))
# expect: ([], [100])


async def endless(n):
    async for v in endless(n + 1):
        yield v


print(drive(total(endless(0)))[1])
# expect: RecursionError


async def two(a, b):
    pairs = []
    async for x in a:
        async for y in b():
            pairs.append((x, y))
            if y:
                break
        else:
            pairs.append("else")
    return pairs


print(drive(two(count(3), lambda: count(3))), drive(two(count(2), lambda: count(1))))
# expect: ([], [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]) ([], [(0, 0), 'else', (1, 0), 'else'])


async def handled():
    log = []

    async def looks():
        log.append(repr(sys.exception()))
        try:
            raise KeyError("own")
        except KeyError:
            yield repr(sys.exception())
            log.append(repr(sys.exception()))
        log.append(repr(sys.exception()))

    try:
        raise ValueError("outer")
    except ValueError:
        async for v in looks():
            log.append((v, repr(sys.exception())))
    return log


print(drive(handled()))
# expect: ([], ["ValueError('outer')", ("KeyError('own')", "ValueError('outer')"), "KeyError('own')", "ValueError('outer')"])
