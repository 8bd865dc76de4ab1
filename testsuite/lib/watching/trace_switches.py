"""sys.settrace: when it begins and ends, frame.f_trace, f_trace_lines, f_trace_opcodes, errors."""
import sys

events = []

def trace(frame, event, arg):
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return trace

def flush():
    print(*("%s:%s:%d" % event for event in events))
    events.clear()

def callee():
    return 1

def begins_within():
    x = 1
    sys.settrace(trace)
    y = 2
    callee()
    sys.settrace(None)
begins_within()
flush()

def traces_itself():
    sys._getframe().f_trace = trace
    sys.settrace(trace)
    y = 2
    for i in range(2):
        y += i
    sys.settrace(None)
    z = 3
traces_itself()
flush()

class Begins:
    def __enter__(self):
        sys._getframe(1).f_trace = trace
        sys.settrace(trace)
    def __exit__(self, *args):
        sys.settrace(None)

def in_with():
    with Begins():
        x = 1
        y = 2
    z = 3
in_with()
flush()

def returns_none(frame, event, arg):
    events.append((frame.f_code.co_name, event, 0))
def two():
    callee()
    return 2
sys.settrace(returns_none)
two()
sys.settrace(None)
flush()

def no_lines(frame, event, arg):
    frame.f_trace_lines = False
    events.append((frame.f_code.co_name, event, 0))
    return no_lines
sys.settrace(no_lines)
callee()
sys.settrace(None)
flush()

def opcodes(frame, event, arg):
    frame.f_trace_opcodes = True
    events.append(event)
    return opcodes
def several(n):
    for i in range(n):
        n = n + i
    return n
sys.settrace(opcodes)
several(3)
sys.settrace(None)
print(events.count("opcode") > 10, events.count("line"))
events.clear()

def fails(frame, event, arg):
    if event == "line":
        raise RuntimeError("in the trace function")
    return fails
sys.settrace(fails)
try:
    callee()
except RuntimeError as error:
    print(error, sys.gettrace())
print(sys.gettrace(), sys.getprofile())
sys.settrace(trace)
print(sys.gettrace() is trace)
sys.settrace(None)
events.clear()

def traced_again():
    return sys.call_tracing(callee, ())
def debugger(frame, event, arg):
    if frame.f_code is callee.__code__:
        return trace(frame, event, arg)
    if event == "line":
        sys.call_tracing(callee, ())
    return debugger
def plain():
    return 5
sys.settrace(debugger)
plain()
sys.settrace(None)
flush()
# expect: callee:call:0 callee:line:1 callee:return:1
# expect: traces_itself:line:3 traces_itself:line:4 traces_itself:line:5 traces_itself:line:4 traces_itself:line:5 traces_itself:line:4 traces_itself:line:6
# expect: in_with:line:2 in_with:line:3 in_with:line:1 __exit__:call:0 __exit__:line:1
# expect: two:call:0 callee:call:0
# expect: callee:call:0 callee:return:0
# expect: True 8
# expect: in the trace function None
# expect: None None
# expect: True
# expect: callee:call:0 callee:line:1 callee:return:1
