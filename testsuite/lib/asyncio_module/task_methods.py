# min-python: 3.13
"""asyncio.Task: names, cancellation, contexts, what a coroutine may yield, stacks, classes derived from it."""
import asyncio
import collections.abc
import contextvars
import gc
import io

name = contextvars.ContextVar("name", default="none")


def shown(action):
    try:
        print(action())
    except BaseException as error:
        print(type(error).__name__, *error.args)


def clean(task):
    text = repr(task)
    head, _, tail = text.partition(" running at ")
    return head + " …" + tail[tail.find(">"):]


async def value(v):
    await asyncio.sleep(0)
    return v


async def names():
    t = asyncio.create_task(value(1), name="mine")
    print(t.get_name(), clean(t), t.done(), t.get_coro().__name__)
    t.set_name(5)
    print(repr(t.get_name()))
    print(await t, t.done(), t.result(), t.exception(), t.cancelled(), t.cancel())
    u = asyncio.create_task(value(2))
    v = asyncio.create_task(value(3))
    n = int(u.get_name().removeprefix("Task-"))
    print(v.get_name() == f"Task-{n + 1}")
    print(await asyncio.gather(u, v))
    shown(lambda: t.set_result(1))
    shown(lambda: t.set_exception(ValueError))
    shown(lambda: asyncio.Task(5, loop=asyncio.get_running_loop()))
    shown(lambda: asyncio.Task())
    print(issubclass(asyncio.Task, asyncio.Future), asyncio.Task[int])
    print(t._must_cancel, t._fut_waiter, t._log_destroy_pending, t._source_traceback)
    t._log_destroy_pending = False
    print(t._log_destroy_pending)


asyncio.run(names())
# expect: mine <Task pending name='mine' coro=<value() …>> False value
# expect: '5'
# expect: 1 True 1 None False False
# expect: True
# expect: [2, 3]
# expect: RuntimeError Task does not support set_result operation
# expect: RuntimeError Task does not support set_exception operation
# expect: TypeError a coroutine was expected, got 5
# expect: TypeError Task() missing required argument 'coro' (pos 1)
# expect: True _asyncio.Task[int]
# expect: False None True None
# expect: False


async def cancellation():
    log = []

    async def stubborn():
        for i in range(3):
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError as error:
                log.append((i, error.args, asyncio.current_task().cancelling()))
        return "done"

    t = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    for message in ("a", None, "c"):
        print(t.cancel(message), t.cancelling(), t._must_cancel)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    print(log, t.uncancel(), t.uncancel(), t.uncancel(), t.uncancel())
    print(await t)

    t = asyncio.create_task(value(1))
    print(t.cancel(msg="early"), t._must_cancel)
    try:
        await t
    except asyncio.CancelledError as error:
        print(repr(error), t.cancelled(), t.cancelling())
    shown(t.result)
    shown(t.exception)

    inner = asyncio.create_task(asyncio.sleep(100))
    outer = asyncio.create_task(asyncio.wait_for(inner, 100))
    await asyncio.sleep(0)
    outer.cancel()
    print(await asyncio.gather(inner, outer, return_exceptions=True), inner.cancelled())

    async def cancels_itself():
        asyncio.current_task().cancel()
        return 1

    t = asyncio.create_task(cancels_itself())
    print(repr((await asyncio.gather(t, return_exceptions=True))[0]), t.cancelled())


asyncio.run(cancellation())
# expect: True 1 False
# expect: True 2 False
# expect: True 3 False
# expect: [(0, ('a',), 1), (1, (), 2), (2, ('c',), 3)] 2 1 0 0
# expect: done
# expect: True True
# expect: CancelledError('early') True 1
# expect: CancelledError
# expect: CancelledError
# expect: [CancelledError(''), CancelledError('')] True
# expect: CancelledError('') True


async def contexts():
    async def show():
        before = name.get()
        name.set(before + "!")
        await asyncio.sleep(0)
        return before, name.get()

    name.set("outer")
    a = asyncio.create_task(show())
    context = contextvars.copy_context()
    context.run(name.set, "given")
    b = asyncio.create_task(show(), context=context)
    name.set("changed")
    print(await a, await b, name.get(), context[name], b.get_context() is context)


asyncio.run(contexts())
# expect: ('outer', 'outer!') ('given', 'given!') changed given! True


class Yields:
    def __init__(self, thing):
        self.thing = thing

    def __await__(self):
        return (yield self.thing)


class Duck:
    """Looks like a future, is none."""
    _asyncio_future_blocking = False

    def __init__(self, loop):
        self.loop = loop

    def get_loop(self):
        return self.loop

    def add_done_callback(self, fn, *, context):
        self.callback = lambda: context.run(fn, self)

    def result(self):
        return 77

    def cancel(self, msg=None):
        return False

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return self.result()


async def wrong_yields():
    loop = asyncio.get_running_loop()

    async def run(thing):
        try:
            await Yields(thing)
        except RuntimeError as error:
            text = str(error)
            for word in ("Task got bad yield: 5", "yield was used instead of yield from for generator",
                         "yield was used instead of yield from in task", "cannot await on itself"):
                if word in text:
                    return word
            return text

    print(await asyncio.create_task(run(5)))
    print(await asyncio.create_task(run(x for x in ())))
    print(await asyncio.create_task(run(loop.create_future())))
    print(await asyncio.create_task(run(Duck(loop))))
    print(await asyncio.create_task(run(None)))

    async def itself():
        try:
            await asyncio.current_task()
        except RuntimeError as error:
            return str(error).split(":")[0]

    print(await asyncio.create_task(itself()))
    other = asyncio.new_event_loop()
    for foreign in (other.create_future(), Duck(other)):
        async def awaits(foreign=foreign):
            await foreign

        result = await asyncio.gather(awaits(), return_exceptions=True)
        print(type(result[0]).__name__, str(result[0]).endswith("attached to a different loop"))
    other.close()

    duck = Duck(loop)

    async def awaits():
        return await duck

    t = asyncio.create_task(awaits())
    await asyncio.sleep(0)
    print(t._fut_waiter is duck, duck._asyncio_future_blocking)
    loop.call_soon(duck.callback)
    print(await t)


asyncio.run(wrong_yields())
# expect: Task got bad yield: 5
# expect: yield was used instead of yield from for generator
# expect: yield was used instead of yield from in task
# expect: yield was used instead of yield from in task
# expect: None
# expect: Task cannot await on itself
# expect: RuntimeError True
# expect: RuntimeError True
# expect: True False
# expect: 77


class Machine(collections.abc.Coroutine):
    """A coroutine written by hand."""
    def __init__(self):
        self.state = 0

    def send(self, value):
        self.state += 1
        if self.state > 2:
            raise StopIteration(("sent", self.state))

    def throw(self, kind, value=None, traceback=None):
        raise kind

    def close(self):
        pass

    def __await__(self):
        return self


async def machines():
    t = asyncio.Task(Machine(), loop=asyncio.get_running_loop())
    print(await t)
    t = asyncio.Task(Machine(), loop=asyncio.get_running_loop())
    await asyncio.sleep(0)
    t.cancel()
    print(await asyncio.gather(t, return_exceptions=True))


asyncio.run(machines())
# expect: ('sent', 3)
# expect: [CancelledError('')]


async def stacks():
    async def fails():
        raise ValueError("x")

    t = asyncio.create_task(value(1))
    print([f.f_code.co_name for f in t.get_stack()])
    text = io.StringIO()
    t.print_stack(file=text)
    print(text.getvalue().splitlines()[-1].strip())
    await t
    print(t.get_stack(), t.get_coro() is not None)
    t = asyncio.create_task(fails())
    await asyncio.wait([t])
    print([f.f_code.co_name for f in t.get_stack(limit=1)], repr(t.exception()))
    print(t.exception().__traceback__.tb_next is None)
    for _ in range(2):
        try:
            await t
        except ValueError as error:
            print(error.__traceback__.tb_frame.f_code.co_name)


asyncio.run(stacks())
# expect: ['value']
# expect: async def value(v):
# expect: [] True
# expect: ['fails'] ValueError('x')
# expect: True
# expect: stacks
# expect: stacks


class Own(asyncio.Task):
    steps = []

    def __init__(self, *args, **kwargs):
        self.before = "set first"
        super().__init__(*args, **kwargs)

    def cancel(self, msg=None):
        self.steps.append("cancel")
        return super().cancel(msg)

    def __del__(self):
        self.steps.append("del")
        super().__del__()


async def classes():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coro, **kwargs: Own(coro, loop=loop, **kwargs))
    t = asyncio.create_task(value(4))
    print(type(t).__name__, t.before, await t)
    t = asyncio.create_task(value(4))
    t.cancel()
    print(await asyncio.gather(t, return_exceptions=True), Own.steps[:1])
    loop.set_task_factory(None)
    del t
    for _ in range(3):
        gc.collect()
    print(Own.steps.count("del") >= 1)


asyncio.run(classes())
# expect: Own set first 4
# expect: [CancelledError('')] ['cancel']
# expect: True


async def eager():
    loop = asyncio.get_running_loop()
    log = []

    async def work(n):
        log.append((n, asyncio.current_task() is not outer))
        if n:
            await asyncio.sleep(0)
        log.append(n)
        return n

    outer = asyncio.current_task()
    loop.set_task_factory(asyncio.eager_task_factory)
    a = asyncio.create_task(work(0))
    print(a.done(), a.result(), log, asyncio.current_task() is outer, a.get_coro())
    b = asyncio.create_task(work(1))
    print(b.done(), log, b in asyncio.all_tasks(), await b)
    loop.set_task_factory(None)
    print(asyncio.all_tasks() == {outer})


asyncio.run(eager())
# expect: True 0 [(0, True), 0] True None
# expect: False [(0, True), 0, (1, True), 1] True 1
# expect: True


async def registered():
    loop = asyncio.get_running_loop()
    t = asyncio.create_task(value(1))
    print(len(asyncio.all_tasks()), t in asyncio.all_tasks(loop), asyncio.current_task(loop) is not t)
    asyncio._unregister_task(t)
    print(t in asyncio.all_tasks())
    asyncio._register_task(t)
    print(t in asyncio.all_tasks())
    await t
    print(t in asyncio.all_tasks())
    shown(lambda: asyncio._set_running_loop(loop))
    print(asyncio._get_running_loop() is loop, asyncio.get_event_loop() is loop)


asyncio.run(registered())
# expect: 2 True True
# expect: False
# expect: True
# expect: False
# expect: None
# expect: True True
shown(asyncio.get_running_loop)
# expect: RuntimeError no running event loop
shown(asyncio.current_task)
# expect: RuntimeError no running event loop
shown(asyncio.all_tasks)
# expect: RuntimeError no running event loop
print(asyncio._get_running_loop())
# expect: None


def destroyed():
    seen = []
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda loop, context: seen.append(context["message"]))

    async def waits():
        await loop.create_future()

    async def fails():
        raise ValueError

    def start():
        loop.create_task(waits())
        loop.create_task(fails())
        quiet = loop.create_task(waits())
        quiet._log_destroy_pending = False
        loop.call_soon(loop.stop)
        loop.run_forever()
        loop.call_soon(loop.stop)
        loop.run_forever()

    start()
    for _ in range(4):
        gc.collect()
    print(sorted(seen), asyncio.all_tasks(loop))
    loop.close()


destroyed()
# expect: ['Task exception was never retrieved', 'Task was destroyed but it is pending!'] set()


async def ends_program(kind):
    raise kind("stop")


for kind in (KeyboardInterrupt, SystemExit):
    loop = asyncio.new_event_loop()
    task = loop.create_task(ends_program(kind))
    shown(loop.run_forever)
    print(repr(task.exception()), task.done())
    loop.close()
# expect: KeyboardInterrupt stop
# expect: KeyboardInterrupt('stop') True
# expect: SystemExit stop
# expect: SystemExit('stop') True
