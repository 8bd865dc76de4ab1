"""The profiler under `cProfile`, in Python: it counts calls and times by function and by caller (`sys.setprofile`)."""
import sys
from collections import namedtuple
from time import perf_counter

profiler_entry = namedtuple("profiler_entry", "code callcount reccallcount totaltime inlinetime calls", module="_lsprof")
profiler_subentry = namedtuple("profiler_subentry", "code callcount reccallcount totaltime inlinetime", module="_lsprof")


class _Times:
    """Of one function, or of one function called by another one."""
    __slots__ = ("calls", "recursive", "total", "own", "open", "callees")

    def __init__(self):
        self.calls = self.recursive = self.open = 0
        self.total = self.own = 0
        self.callees = {}

    def add(self, total, own):
        self.open -= 1
        if self.open:
            self.recursive += 1
        else:
            self.total += total
        self.own += own
        self.calls += 1


def _native_name(function):
    """What a function that is not written in Python is called in tables."""
    owner = getattr(function, "__self__", None)
    module = getattr(function, "__module__", None)
    if owner is None or isinstance(owner, type(sys)):
        name = function.__name__
        return "<built-in method %s>" % ("%s.%s" % (module, name) if module else name)
    method = getattr(type(owner), function.__name__, None)
    if method is not None and not isinstance(owner, type):
        return repr(method)
    return "<built-in method %s>" % function.__name__


class Profiler:
    """Profiler(timer=None, timeunit=0.0, subcalls=True, builtins=True)

    Builds a profiler object using the specified timer function.
    The default timer is a fast built-in one based on real time.
    For custom timer functions returning integers, 'timeunit' can
    be a float specifying a scale (that is, how long each integer unit
    is, in seconds).
    """

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = timer if timer is not None else perf_counter
        self._unit = timeunit if timer is not None and timeunit else 1
        self._subcalls, self._builtins = subcalls, builtins
        self.clear()

    def clear(self):
        """Clear all profiling information collected so far."""
        self._times = {}
        self._open = []

    def enable(self, subcalls=True, builtins=True):
        """Start collecting profiling information."""
        monitoring = sys.monitoring
        if sys.getprofile() is not None or monitoring.get_tool(monitoring.PROFILER_ID) is not None:
            raise ValueError("Another profiling tool is already active")
        self._subcalls, self._builtins = subcalls, builtins
        monitoring.use_tool_id(monitoring.PROFILER_ID, "cProfile")
        sys.setprofile(self._event)

    def disable(self):
        """Stop collecting profiling information."""
        sys.setprofile(None)
        monitoring = sys.monitoring
        if monitoring.get_tool(monitoring.PROFILER_ID) == "cProfile":
            monitoring.free_tool_id(monitoring.PROFILER_ID)
        while self._open:
            self._leave()

    def _event(self, frame, event, function):
        if event == "call":
            code = frame.f_code
            self._enter(_DISABLE if code is Profiler.disable.__code__ else code)
        elif event == "return":
            self._leave()
        elif self._builtins:
            if event == "c_call":
                self._enter(_native_name(function))
            else:
                self._leave()

    def _enter(self, code):
        times = self._times.get(code)
        if times is None:
            times = self._times[code] = _Times()
        times.open += 1
        edge = None
        if self._subcalls and self._open:
            callees = self._open[-1][0].callees
            edge = callees.get(code)
            if edge is None:
                edge = callees[code] = _Times()
            edge.open += 1
        self._open.append([times, edge, 0, self._timer()])

    def _leave(self):
        if not self._open:
            return
        now = self._timer()
        times, edge, inside, began = self._open.pop()
        total = now - began
        if self._open:
            self._open[-1][2] += total
        times.add(total, total - inside)
        if edge is not None:
            edge.add(total, total - inside)

    def getstats(self):
        """list of profiler_entry objects: code, callcount, reccallcount, totaltime, inlinetime, calls"""
        unit = self._unit

        def row(code, times):
            return code, times.calls, times.recursive, times.total * unit, times.own * unit

        def callees(times):
            return [profiler_subentry(*row(*item)) for item in times.callees.items() if item[1].calls] or None

        return [profiler_entry(*row(code, times), callees(times)) for code, times in self._times.items() if times.calls]


_DISABLE = "<method 'disable' of '_lsprof.Profiler' objects>"
