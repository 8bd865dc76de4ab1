"""sys.monitoring: tools, events, local events, DISABLE, restart_events."""
# min-python: 3.12
import sys

mon = sys.monitoring
E = mon.events
TOOL = 3
mon.use_tool_id(TOOL, "test")
print(mon.get_tool(TOOL), mon.get_tool(4), mon.get_events(TOOL))
got = []

def show():
    print(*got, sep="; ")
    got.clear()

def shown(value):
    name = getattr(value, "__name__", None)
    return name if name else "MISSING" if value is mon.MISSING else repr(value)

def watch(event, n_shown, code_first=True):
    name = [n for n in dir(E) if getattr(E, n) == event][0]
    def callback(code, at, *rest):
        line = " %d" % (at - code.co_firstlineno) if event == E.LINE else ""
        got.append(" ".join([name, code.co_name + line, *map(shown, rest[:n_shown])]))
    mon.register_callback(TOOL, event, callback)

for event, n_shown in [(E.PY_START, 0), (E.PY_RESUME, 0), (E.PY_RETURN, 1), (E.PY_YIELD, 1), (E.CALL, 2), (E.LINE, 0),
                       (E.STOP_ITERATION, 1), (E.RAISE, 1), (E.EXCEPTION_HANDLED, 1), (E.PY_UNWIND, 1),
                       (E.PY_THROW, 1), (E.RERAISE, 1), (E.C_RETURN, 2), (E.C_RAISE, 2)]:
    watch(event, n_shown)

def run(function, events):
    mon.set_events(TOOL, events)
    try:
        function()
    except Exception as error:
        pass
    mon.set_events(TOOL, 0)
    show()

def gen():
    yield 1
    return 2
def consumes():
    for v in gen():
        pass
run(consumes, E.PY_START | E.PY_RESUME | E.PY_RETURN | E.PY_YIELD | E.STOP_ITERATION)

def leaf():
    raise KeyError(1)
def handles():
    try:
        leaf()
    except KeyError:
        pass
run(handles, E.RAISE | E.EXCEPTION_HANDLED | E.PY_UNWIND | E.RERAISE)
run(leaf, E.PY_START | E.PY_UNWIND)

def throws():
    g = gen()
    next(g)
    try:
        g.throw(ValueError(5))
    except ValueError:
        pass
run(throws, E.PY_THROW | E.PY_UNWIND)

def calls():
    len("ab")
    "x".upper()
    int("q")
run(calls, E.CALL | E.C_RETURN | E.C_RAISE)

def lines():
    x = 1
    for i in range(2):
        x += i
    return x
run(lines, E.LINE)

mon.set_local_events(TOOL, lines.__code__, E.LINE)
print(mon.get_local_events(TOOL, lines.__code__) == E.LINE, mon.get_local_events(TOOL, leaf.__code__))
lines()
calls_again = gen
list(gen())
mon.set_local_events(TOOL, lines.__code__, 0)
show()

def once(code, line):
    got.append("LINE %d" % (line - code.co_firstlineno))
    return mon.DISABLE
mon.register_callback(TOOL, E.LINE, once)
mon.set_local_events(TOOL, lines.__code__, E.LINE)
lines()
lines()
show()
mon.restart_events()
lines()
show()
mon.set_local_events(TOOL, lines.__code__, 0)

def counts():
    total = 0
    for i in range(3000):
        total += i
        if i == 2990:
            mon.register_callback(TOOL, E.LINE, lambda code, line: got.append(line - code.co_firstlineno))
            mon.set_local_events(TOOL, counts.__code__, E.LINE)
    mon.set_local_events(TOOL, counts.__code__, 0)
    return total
counts()
print(len(got), sorted(set(got)))
got.clear()

for call in (lambda: mon.use_tool_id(TOOL, "again"), lambda: mon.use_tool_id(9, "x"), lambda: mon.use_tool_id(4, 5),
             lambda: mon.set_events(4, E.LINE), lambda: mon.set_events(TOOL, E.C_RETURN), lambda: mon.set_events(TOOL, -1),
             lambda: mon.register_callback(TOOL, 3, None), lambda: mon.set_local_events(TOOL, None, 1),
             lambda: mon.get_tool(8)):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

def fails(code, line):
    raise RuntimeError("in the callback")
mon.register_callback(TOOL, E.LINE, fails)
mon.set_local_events(TOOL, leaf.__code__, E.LINE)
try:
    leaf()
except RuntimeError as error:
    print(error)
print(mon.register_callback(TOOL, E.LINE, None) is fails)
mon.free_tool_id(TOOL)
print(mon.get_tool(TOOL))
# expect: test None 0
# expect: PY_START consumes; PY_START gen; PY_YIELD gen 1; PY_RESUME gen; PY_RETURN gen 2; STOP_ITERATION consumes StopIteration(2); PY_RETURN consumes None
# expect: RAISE leaf KeyError(1); PY_UNWIND leaf KeyError(1); RAISE handles KeyError(1); EXCEPTION_HANDLED handles KeyError(1)
# expect: PY_START leaf; PY_UNWIND leaf KeyError(1)
# expect: PY_THROW gen ValueError(5); PY_UNWIND gen ValueError(5)
# expect: CALL run calls MISSING; CALL calls len 'ab'; C_RETURN calls len 'ab'; CALL calls upper 'x'; C_RETURN calls upper 'x'; CALL calls int 'q'; C_RAISE calls int 'q'; CALL run set_events 3
# expect: LINE run 2; LINE run 3; LINE lines 1; LINE lines 2; LINE lines 3; LINE lines 2; LINE lines 3; LINE lines 2; LINE lines 4; LINE run 6
# expect: True 0
# expect: LINE lines 1; LINE lines 2; LINE lines 3; LINE lines 2; LINE lines 3; LINE lines 2; LINE lines 4
# expect: LINE 1; LINE 2; LINE 3; LINE 2; LINE 4
# expect: LINE 1; LINE 2; LINE 3; LINE 2; LINE 4
# expect: 29 [2, 3, 4, 7]
# expect: ValueError tool 3 is already in use
# expect: ValueError invalid tool 9 (must be between 0 and 5)
# expect: ValueError tool name must be a str
# expect: ValueError tool 4 is not in use
# expect: ValueError cannot set C_RETURN or C_RAISE events independently
# expect: ValueError invalid event set 0xffffffff
# expect: ValueError The callback can only be set for one event at a time
# expect: TypeError code must be a code object
# expect: ValueError invalid tool 8 (must be between 0 and 5)
# expect: in the callback
# expect: True
# expect: None
