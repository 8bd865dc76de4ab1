"""sys.settrace: the events of functions, loops, exceptions and `with`."""
import sys

def show(function, *args):
    """The events of a call, lines counted from the function's first."""
    first = function.__code__.co_firstlineno
    events = []
    def trace(frame, event, arg):
        if frame.f_code.co_filename != __file__:
            return None
        what = arg[0].__name__ if event == "exception" else arg if event == "return" and type(arg) in (int, str, bool) else ""
        events.append("%s %s %d %s" % (frame.f_code.co_name, event, frame.f_lineno - first, what))
        return trace
    sys.settrace(trace)
    try:
        function(*args)
    except Exception as error:
        sys.settrace(None)
        events.append(type(error).__name__)
    sys.settrace(None)
    print("; ".join(event.rstrip() for event in events))

def branches(n):
    if n > 1:
        n = 5
    elif n:
        n = 6
    else:
        pass
    return n
show(branches, 0)
show(branches, 1)

def loops():
    for i in range(2):
        x = i
    for i in range(2): pass
    while True:
        x += 1
        if x > 3:
            break
    for i in (1, 2):
        if i == 1:
            continue
        x = i
    return (x +
            i)
show(loops)

def handlers(n):
    try:
        if n:
            raise ValueError(n)
        n = 1
    except KeyError:
        n = 2
    except ValueError as error:
        n = 3
    else:
        n = 4
    finally:
        n = 5
    try:
        return n
    finally:
        n = 6
show(handlers, 0)
show(handlers, 1)

def leaf():
    raise KeyError

def inner():
    try:
        leaf()
    finally:
        x = 1
show(inner)

class Manager:
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return True

def manages():
    with Manager() as m:
        x = 1
    with Manager():
        1 / 0
    return x
show(manages)

def nothing():
    "A docstring."
    ...
show(nothing)

def multi():
    return [
        1,
        abs(
            -2),
    ]
show(multi)

def matches(value):
    match value:
        case 1:
            return "one"
        case [x, y]:
            return "two"
        case _:
            return "other"
show(matches, [1, 2])
show(matches, None)
# expect: branches call 0; branches line 1; branches line 3; branches line 6; branches line 7; branches return 7 0
# expect: branches call 0; branches line 1; branches line 3; branches line 4; branches line 7; branches return 7 6
# expect: loops call 0; loops line 1; loops line 2; loops line 1; loops line 2; loops line 1; loops line 3; loops line 3; loops line 3; loops line 4; loops line 5; loops line 6; loops line 4; loops line 5; loops line 6; loops line 4; loops line 5; loops line 6; loops line 7; loops line 8; loops line 9; loops line 10; loops line 8; loops line 9; loops line 11; loops line 8; loops line 12; loops line 13; loops line 12; loops return 12 4
# expect: handlers call 0; handlers line 1; handlers line 2; handlers line 4; handlers line 10; handlers line 12; handlers line 13; handlers line 14; handlers line 16; handlers return 16 5
# expect: handlers call 0; handlers line 1; handlers line 2; handlers line 3; handlers exception 3 ValueError; handlers line 5; handlers line 7; handlers line 8; handlers line 12; handlers line 13; handlers line 14; handlers line 16; handlers return 16 5
# expect: inner call 0; inner line 1; inner line 2; leaf call -3; leaf line -2; leaf exception -2 KeyError; leaf return -2; inner exception 2 KeyError; inner line 4; inner return 4; KeyError
# expect: manages call 0; manages line 1; __enter__ call -5; __enter__ line -4; __enter__ return -4; manages line 2; manages line 1; __exit__ call -3; __exit__ line -2; __exit__ return -2 True; manages line 3; __enter__ call -5; __enter__ line -4; __enter__ return -4; manages line 4; manages exception 4 ZeroDivisionError; manages line 3; __exit__ call -3; __exit__ line -2; __exit__ return -2 True; manages line 5; manages return 5 1
# expect: nothing call 0; nothing line 2; nothing return 2
# expect: multi call 0; multi line 2; multi line 3; multi line 4; multi line 3; multi line 1; multi return 1
# expect: matches call 0; matches line 1; matches line 2; matches line 4; matches line 5; matches return 5 two
# expect: matches call 0; matches line 1; matches line 2; matches line 4; matches line 6; matches line 7; matches return 7 other
