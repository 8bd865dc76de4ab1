"""sys.settrace called in a hot loop: compiled code is left for it."""
# modes: no each pass allocates, which takes minutes where every allocation collects
import sys

events = []

def trace(frame, event, arg):
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return trace

def callee():
    return 1

def hot(n):
    total = 0
    for i in range(n):
        total += callee()
        if i == n - 2:
            sys._getframe().f_trace = trace
            sys.settrace(trace)
    sys.settrace(None)
    return total
print(hot(5000))
print(*("%s:%s:%d" % event for event in events))
# expect: 5000
# expect: hot:line:2 hot:line:3 callee:call:0 callee:line:1 callee:return:1 hot:line:4 hot:line:2 hot:line:7
