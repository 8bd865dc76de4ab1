# min-python: 3.14
"""Who waits for whom, and the errors of the functions that event loops call (3.14)."""
import asyncio


def shown(action):
    try:
        print(action())
    except BaseException as error:
        print(type(error).__name__, *error.args)


async def value(gate):
    await gate


async def outer(inner):
    await inner


async def main():
    loop = asyncio.get_running_loop()
    gate = loop.create_future()
    inner = asyncio.create_task(value(gate), name="inner")
    first = asyncio.create_task(outer(inner), name="first")
    second = asyncio.create_task(outer(inner), name="second")
    print(gate._asyncio_awaited_by)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(gate._asyncio_awaited_by == {inner}, type(gate._asyncio_awaited_by).__name__)
    print(sorted(task.get_name() for task in inner._asyncio_awaited_by))
    graph = asyncio.capture_call_graph(inner)
    print(sorted(entry.future.get_name() for entry in graph.awaited_by))
    asyncio.future_discard_from_awaited_by(inner, first)
    asyncio.future_discard_from_awaited_by(inner, gate)
    asyncio.future_add_to_awaited_by(gate, 5)
    asyncio.future_add_to_awaited_by(5, gate)
    print(inner._asyncio_awaited_by == {second})
    gate.set_result(1)
    await asyncio.gather(inner, first, second)
    print(gate._asyncio_awaited_by, inner._asyncio_awaited_by)
    me = asyncio.current_task()
    me.set_name("me")
    shown(lambda: asyncio._enter_task(None, me))
    shown(lambda: asyncio._leave_task(None, me))
    shown(lambda: asyncio.tasks._swap_current_task(None, me))
    print(asyncio.tasks._swap_current_task(loop, None) is me, asyncio.current_task())
    asyncio._enter_task(loop, "a")
    shown(lambda: asyncio._enter_task(loop, "b"))
    shown(lambda: asyncio._leave_task(loop, "b"))
    asyncio._leave_task(loop, "a")
    shown(lambda: asyncio._leave_task(loop, "a"))
    asyncio._enter_task(loop, me)
    print(asyncio.current_task() is me)


asyncio.run(main())
# expect: None
# expect: True frozenset
# expect: ['first', 'second']
# expect: ['first', 'second']
# expect: True
# expect: None frozenset()
# expect: RuntimeError loop mismatch
# expect: RuntimeError loop mismatch
# expect: RuntimeError loop mismatch
# expect: True None
# expect: RuntimeError Cannot enter into task 'b' while another task 'a' is being executed.
# expect: RuntimeError Invalid attempt to leave task 'b' while task 'a' is entered.
# expect: RuntimeError Invalid attempt to leave task 'a' while task None is entered.
# expect: True
