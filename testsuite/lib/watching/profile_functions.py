"""sys.setprofile, and the modules profile and cProfile."""
# modes: no its imports take minutes where every allocation collects
import cProfile
import io
import profile
import pstats
import sys

events = []

def watch(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        what = arg.__name__ if event.startswith("c_") else arg
        events.append("%s %s %s" % (frame.f_code.co_name, event, what))

def show(function, *args):
    sys.setprofile(watch)
    try:
        function(*args)
    except Exception:
        pass
    sys.setprofile(None)
    print("; ".join(events[1:-1]))
    events.clear()

def leaf(x):
    return len(x) + [].count(1)
def calls():
    "abc".upper()
    int("5")
    max([1, 2], key=lambda v: v)
    return leaf("abc")
show(calls)

def gen():
    yield 1
    yield 2
def consumes():
    for v in gen():
        pass
    return sum(gen())
show(consumes)

def raises():
    try:
        [].index(5)
    except ValueError:
        pass
    int("x")
show(raises)

class C:
    def __init__(self, x):
        self.x = x
    def __add__(self, other):
        return self.x
    @property
    def p(self):
        return 3
def makes():
    c = C(1)
    c.p
    return c + c
show(makes)

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
for module in profile, cProfile:
    profiler = module.Profile()
    print(profiler.runcall(fib, 12))
    profiler.create_stats()
    for (file, line, name), (primitive, total, *times) in sorted(profiler.stats.items()):
        if name == "fib":
            print(module.__name__, name, primitive, total)
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).sort_stats("calls").print_stats("fib")
    print("465/1" in text.getvalue())
# expect: calls c_call upper; calls c_return upper; calls c_call max; <lambda> call None; <lambda> return 1; <lambda> call None; <lambda> return 2; calls c_return max; leaf call None; leaf c_call len; leaf c_return len; leaf c_call count; leaf c_return count; leaf return 3; calls return 3
# expect: gen call None; gen return 1; gen call None; gen return 2; gen call None; gen return None; consumes c_call sum; gen call None; gen return 1; gen call None; gen return 2; gen call None; gen return None; consumes c_return sum; consumes return 3
# expect: raises c_call index; raises c_exception index; raises return None
# expect: __init__ call None; __init__ return None; p call None; p return 3; __add__ call None; __add__ return 1; makes return 1
# expect: 144
# expect: profile fib 1 465
# expect: True
# expect: 144
# expect: cProfile fib 1 465
# expect: True
