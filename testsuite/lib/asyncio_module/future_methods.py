# min-python: 3.13
"""asyncio.Future: results, callbacks, cancellation, and the iterator behind `await`."""
import asyncio
import contextvars
import gc
import weakref

loop = asyncio.new_event_loop()
name = contextvars.ContextVar("name", default="none")


def shown(action):
    try:
        print(action())
    except BaseException as error:
        print(type(error).__name__, *error.args)


def spin():
    loop.call_soon(loop.stop)
    loop.run_forever()


def results():
    f = loop.create_future()
    print(f, f.done(), f.cancelled(), f._state, f._callbacks, f._result, f._exception)
    shown(f.result)
    shown(f.exception)
    f.set_result([1, 2])
    print(f, f.result(), f.exception(), f._state)
    shown(lambda: f.set_result(3))
    shown(lambda: f.set_exception(ValueError))
    shown(f.cancel)
    print(f.get_loop() is loop, f._loop is loop)


results()
# expect: <Future pending> False False PENDING None None None
# expect: InvalidStateError Result is not set.
# expect: InvalidStateError Exception is not set.
# expect: <Future finished result=[1, 2]> [1, 2] None FINISHED
# expect: InvalidStateError invalid state
# expect: InvalidStateError invalid state
# expect: False
# expect: True True


def errors():
    f = loop.create_future()
    f.set_exception(KeyError("k"))
    print(f._log_traceback)
    shown(f.result)
    print(f._log_traceback, f)
    f = loop.create_future()
    f.set_exception(OSError)
    print(repr(f.exception()))
    f = loop.create_future()
    f.set_exception(StopIteration(5))
    error = f.exception()
    print(repr(error), repr(error.__cause__), repr(error.__context__))
    for wrong in (5, int, "x"):
        shown(lambda: loop.create_future().set_exception(wrong))
    f = loop.create_future()
    shown(lambda: setattr(f, "_log_traceback", True))
    shown(lambda: delattr(f, "_log_traceback"))
    f._log_traceback = False


errors()
# expect: True
# expect: KeyError k
# expect: False <Future finished exception=KeyError('k')>
# expect: OSError()
# expect: RuntimeError('StopIteration interacts badly with generators and cannot be raised into a Future') StopIteration(5) StopIteration(5)
# expect: TypeError invalid exception object
# expect: TypeError invalid exception object
# expect: TypeError invalid exception object
# expect: ValueError _log_traceback can only be set to False
# expect: AttributeError cannot delete attribute


def cancelled():
    f = loop.create_future()
    print(f.cancel("why"), f.cancel(), f.cancelled(), f.done(), f, f._cancel_message)
    shown(f.result)
    shown(f.exception)
    print(repr(f._make_cancelled_error()))
    f = loop.create_future()
    print(f.cancel(msg=None), repr(f._make_cancelled_error()))


cancelled()
# expect: True False True True <Future cancelled> why
# expect: CancelledError why
# expect: CancelledError why
# expect: CancelledError('why')
# expect: True CancelledError()


def callbacks():
    seen = []

    def one(future):
        seen.append(("one", name.get(), future.result()))

    def two(future):
        seen.append(("two", name.get(), future.result()))

    f = loop.create_future()
    other = contextvars.copy_context()
    other.run(name.set, "other")
    name.set("here")
    f.add_done_callback(one)
    f.add_done_callback(two, context=other)
    f.add_done_callback(one, context=other)
    f.add_done_callback(two)
    name.set("later")
    print([(fn.__name__, ctx[name]) for fn, ctx in f._callbacks])
    print(f.remove_done_callback(one), len(f._callbacks), f.remove_done_callback(print))
    f.set_result(1)
    print(seen, f._callbacks)
    spin()
    print(seen)
    f.add_done_callback(one)
    spin()
    print(seen[-1])
    shown(lambda: f.add_done_callback())
    f = loop.create_future()
    f.add_done_callback(one)
    print(f.remove_done_callback(one), f._callbacks, f.remove_done_callback(one))
    for _ in range(3):
        f.add_done_callback(two)
    print(f.remove_done_callback(two), f._callbacks)


callbacks()
# expect: [('one', 'here'), ('two', 'other'), ('one', 'other'), ('two', 'here')]
# expect: 2 2 0
# expect: [] None
# expect: [('two', 'other', 1), ('two', 'here', 1)]
# expect: ('one', 'later', 1)
# expect: TypeError add_done_callback() takes exactly 1 positional argument (0 given)
# expect: 1 None 0
# expect: 3 None


def iteration():
    f = loop.create_future()
    i = iter(f)
    print(type(i).__name__, iter(i) is i)
    print(f._asyncio_future_blocking, next(i) is f, f._asyncio_future_blocking)
    shown(lambda: next(i))
    f.set_result(9)
    shown(lambda: i.send("ignored"))
    i = f.__await__()
    shown(lambda: i.throw(ValueError("thrown")))
    shown(lambda: next(i))
    i = f.__await__()
    print(i.close())
    shown(lambda: next(i))
    i = f.__await__()
    shown(lambda: i.throw(5))
    shown(lambda: i.throw(LookupError))
    f._asyncio_future_blocking = True
    print(f._asyncio_future_blocking)
    shown(lambda: delattr(f, "_asyncio_future_blocking"))


iteration()
# expect: FutureIter True
# expect: False True True
# expect: RuntimeError await wasn't used with future
# expect: StopIteration 9
# expect: ValueError thrown
# expect: StopIteration
# expect: None
# expect: StopIteration
# expect: TypeError exceptions must be classes deriving BaseException or instances of such a class
# expect: LookupError
# expect: True
# expect: AttributeError cannot delete attribute


class Own(asyncio.Future):
    def __init__(self, tag, **kwargs):
        super().__init__(**kwargs)
        self.tag = tag

    def set_result(self, result):
        super().set_result((self.tag, result))


def subclasses():
    f = Own("t", loop=loop)
    f.set_result(1)
    print(f.result(), f, isinstance(f, asyncio.Future), asyncio.isfuture(f))

    async def wait():
        return await f

    print(loop.run_until_complete(wait()))
    f = asyncio.Future(loop=loop)
    f.extra = 5
    print(f.extra, asyncio.Future[int])
    raw = Own.__new__(Own)
    print(raw.done(), raw.cancelled())
    shown(raw.result)
    shown(raw.exception)
    for action in (raw.get_loop, raw.cancel, raw.__await__, lambda: raw.add_done_callback(print)):
        try:
            action()
        except RuntimeError as error:
            print(error)
    shown(lambda: asyncio.Future(loop))
    shown(lambda: asyncio.Future(loop=loop, other=1))


subclasses()
# expect: ('t', 1) <Own finished result=('t', 1)> True True
# expect: ('t', 1)
# expect: 5 _asyncio.Future[int]
# expect: False False
# expect: InvalidStateError Future object is not initialized.
# expect: InvalidStateError Future object is not initialized.
# expect: Future object is not initialized.
# expect: Future object is not initialized.
# expect: Future object is not initialized.
# expect: uninitialized Future object
# expect: TypeError Future() takes no positional arguments
# expect: TypeError Future() takes at most 1 keyword argument (2 given)


def weak():
    f = asyncio.Future(loop=loop)
    gone = []
    reference = weakref.ref(f, lambda r: gone.append("gone"))
    print(reference() is f)
    del f
    for _ in range(3):
        gc.collect()
    print(reference(), gone)


weak()
# expect: True
# expect: None ['gone']


def lost():
    seen = []
    loop.set_exception_handler(lambda loop, context: seen.append((context["message"], repr(context["exception"]))))

    def make(read):
        f = loop.create_future()
        f.set_exception(ValueError("lost"))
        if read:
            f.exception()

    make(True)
    gc.collect()
    print(seen)
    make(False)
    for _ in range(3):
        gc.collect()
    print(seen)
    loop.set_exception_handler(None)


lost()
# expect: []
# expect: [('Future exception was never retrieved', "ValueError('lost')")]


class Evil:
    """Equal to everything, and changes the list of callbacks meanwhile."""
    def __init__(self, future):
        self.future = future

    def __eq__(self, other):
        self.future.remove_done_callback(print)
        return False

    __hash__ = None


def evil():
    f = loop.create_future()
    for fn in (len, print, len, print):
        f.add_done_callback(fn)
    print(f.remove_done_callback(Evil(f)) >= 0, len(f._callbacks) >= 2)


evil()
# expect: True True


def debug():
    loop.set_debug(True)
    f = loop.create_future()
    print([entry.name for entry in f._source_traceback][-2:])
    print(str(f).startswith("<Future pending created at "))
    loop.set_debug(False)
    print(loop.create_future()._source_traceback)


debug()
# expect: ['debug', 'create_future']
# expect: True
# expect: None
loop.close()
