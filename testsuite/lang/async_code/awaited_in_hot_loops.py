"""Coroutines that await others in hot loops: results, exceptions, suspension, misuse."""
import sys
import warnings


class Pause:
    """Suspends once."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


async def leaf(i):
    if i % 5 == 4:
        raise KeyError(i)
    return i * 2


async def middle(i):
    try:
        return await leaf(i)
    except KeyError as error:
        return -error.args[0]


async def total(n):
    found = 0
    for i in range(n):
        found += await middle(i)
    return found


def finish(coroutine):
    sent = []
    value = None
    while True:
        try:
            sent.append(coroutine.send(value))
        except StopIteration as stop:
            return stop.value, sent
        value = len(sent)


print(finish(total(200)))  # expect: (27620, [])


async def sometimes(i):
    if i % 50 == 0:
        return await Pause(i)
    return await leaf(i - i % 5)


async def pauses(n):
    found = 0
    for i in range(n):
        found += await sometimes(i)
    return found


print(finish(pauses(200)))  # expect: (38410, [0, 50, 100, 150])


async def raises(n):
    for i in range(n):
        try:
            await leaf(5 * i + 4)
        except KeyError as error:
            names, entry = [], error.__traceback__
            while entry:
                names.append((entry.tb_frame.f_code.co_name, entry.tb_lineno - entry.tb_frame.f_code.co_firstlineno))
                entry = entry.tb_next
            seen = error.args, error.__context__, names
    return seen


print(finish(raises(100))[0])  # expect: ((499,), None, [('raises', 3), ('leaf', 2)])


async def misused(n):
    texts = set()
    for i in range(n):
        coroutine = leaf(i - i % 5)
        await coroutine
        try:
            await coroutine
        except RuntimeError as error:
            texts.add(str(error))
        try:
            await i
        except TypeError as error:
            texts.add(str(error).replace("object int can't be used in 'await' expression", "'int' object can't be awaited"))
    return sorted(texts)


print(finish(misused(100))[0])  # expect: ["'int' object can't be awaited", 'cannot reuse already awaited coroutine']


async def stops(i):
    raise StopIteration(i)


async def converted(n):
    for i in range(n):
        try:
            await stops(i)
        except RuntimeError as error:
            seen = str(error), repr(error.__cause__)
    return seen


print(finish(converted(100))[0])  # expect: ('coroutine raised StopIteration', 'StopIteration(99)')


class Resource:
    def __init__(self):
        self.log = []

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, entry):
        self.log.append(kind.__name__ if kind else None)
        return kind is ValueError


async def managed(n):
    resource, entered = Resource(), 0
    for i in range(n):
        async with resource as same:
            entered += same is resource
            if i % 3 == 0:
                raise ValueError(i)
            entered += 1
    return entered, [resource.log.count(what) for what in (None, "ValueError")]


print(finish(managed(120))[0])  # expect: (200, [80, 40])


async def numbers(n):
    for i in range(n):
        yield i


async def sums(n):
    found = 0
    async for i in numbers(n):
        found += i
    return found + sum([i async for i in numbers(n) if i % 2])


print(finish(sums(200))[0])  # expect: 29900


async def method_calls(n):
    class Counter:
        count = 0

        async def add(self, by, *, twice=False):
            self.count += 2 * by if twice else by
            return self.count
    counter = Counter()
    for i in range(n):
        await counter.add(1)
        last = await counter.add(i, twice=True)
    return last


print(finish(method_calls(100))[0])  # expect: 10000


def unawaited(n):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for i in range(n):
            leaf(i).close()
        return len(caught), sys.exception()


print(unawaited(100))  # expect: (0, None)
