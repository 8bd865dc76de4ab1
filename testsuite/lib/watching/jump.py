"""frame.f_lineno, set in a trace function."""
import sys

def jump(function, source, target, event="line"):
    """Run a function; where it comes to line `source` it goes on in line `target`."""
    first = function.__code__.co_firstlineno
    done = False
    def trace(frame, what, arg):
        nonlocal done
        if frame.f_code is not function.__code__:
            return None
        if not done and what == event and frame.f_lineno - first == source:
            done = True
            frame.f_lineno = first + target
        return trace
    output = []
    sys.settrace(trace)
    try:
        function(output)
    except Exception as error:
        sys.settrace(None)
        output.append(str(error))
    sys.settrace(None)
    print(*output)

def straight(output):
    output.append(1)
    output.append(2)
    output.append(3)
jump(straight, 1, 3)
jump(straight, 3, 1)
jump(straight, 2, 2)
jump(straight, 2, 9)
jump(straight, 2, -5)
jump(straight, 0, 2, "call")
jump(straight, 3, 2, "return")

def loop(output):
    output.append(1)
    for i in 1, 2:
        output.append(i)
        output.append(10)
    output.append(4)
    output.append(5)
jump(loop, 1, 3)
jump(loop, 3, 5)
jump(loop, 3, 2)
jump(loop, 4, 1)
jump(loop, 5, 3)

def handles(output):
    output.append(1)
    try:
        output.append(3)
        1 / 0
    except ZeroDivisionError:
        output.append(6)
        output.append(sys.exception() is not None)
    output.append(sys.exception() is None)
jump(handles, 1, 6)
jump(handles, 3, 8)
jump(handles, 6, 8)
jump(handles, 3, 4)

class Manager:
    def __enter__(self):
        pass
    def __exit__(self, *args):
        pass
def manages(output):
    output.append(1)
    with Manager():
        output.append(3)
        output.append(4)
    output.append(5)
jump(manages, 1, 3)
jump(manages, 3, 5)
jump(manages, 3, 4)

try:
    sys._getframe().f_lineno = 5
except ValueError as error:
    print(error)
# expect: 3
# expect: 1 2 1 2 3
# expect: 1 2 3
# expect: 1 line 35 comes after the current code block
# expect: 1 line 21 comes before the current code block
# expect: can't jump from the 'call' trace event of a new frame
# expect: 1 2 3 can only jump from a 'line' trace event
# expect: can't jump into the body of a for loop
# expect: 1 4 5
# expect: 1 1 10 2 10 4 5
# expect: 1 1 1 1 10 2 10 4 5
# expect: 1 1 10 2 10 can't jump into the body of a for loop
# expect: can't jump into an 'except' block as there's no exception
# expect: 1 True
# expect: 1 3 True
# expect: 1 6 True True
# expect: incompatible stacks
# expect: 1 5
# expect: 1 4 5
# expect: f_lineno can only be set in a trace function
