# Debug mode and trace mode: what they find and count, and the modules hpy.universal, hpy.debug and hpy.trace.
import importlib.util
import os

import hpy.debug
import hpy.trace
from hpy.debug import HPyLeakError, LeakDetector
from hpy.universal import MODE_DEBUG, MODE_TRACE, MODE_UNIVERSAL, _debug, get_version, load

import leaky as universal


def load_as(mode):
    path = universal.__file__
    return load("leaky", path, importlib.util.spec_from_file_location("leaky", path), mode=mode)


debug, traced = load_as(MODE_DEBUG), load_as(MODE_TRACE)
print(get_version()[0], MODE_UNIVERSAL, MODE_DEBUG, MODE_TRACE)  # expect: 0.9.0 0 1 2
print(universal.name().startswith("HPy Universal ABI"), debug.name().startswith("HPy Debug Mode ABI"), traced.name().startswith("HPy Trace Mode ABI"))  # expect: True True True

with LeakDetector():
    debug.fine([1])
    thing = debug.Thing()
    thing.bump(1)
    print(thing.bump("x"))  # expect: 2 'x'
try:
    with LeakDetector():
        debug.leak("left")
        debug.leak(["open"])
except HPyLeakError as e:
    print(str(e).splitlines()[0], [leak.obj for leak in e.leaks])  # expect: 2 unclosed handles: ['left', ['open']]
    one, two = e.leaks
    print(one == one, one == two, one.is_closed, repr(one).startswith(f"<DebugHandle {one.id:#x} for 'left'>"))  # expect: True False False True
    one._force_close()
    print(one.is_closed, one in _debug.get_closed_handles())  # expect: True True

count = 0


def noticed():
    global count
    count += 1


_debug.set_on_invalid_handle(noticed)
print(debug.closed("gone"), count >= 1)  # expect: 'gone' True
before = count
debug.twice("gone")
print(count > before)  # expect: True
_debug.set_on_invalid_handle(None)
generation = _debug.new_generation()
debug.builder()
print(_debug.get_open_builders(generation)[0][0])  # expect: HPyListBuilder

counts = hpy.trace.get_call_counts()
traced.fine(1)
after = hpy.trace.get_call_counts()
print({name: n - counts[name] for name, n in after.items() if n != counts[name]})  # expect: {'ctx_Dup': 2, 'ctx_Close': 1}
names = []
hpy.trace.set_trace_functions(names.append)
traced.fine(1)
hpy.trace.set_trace_functions(on_enter=None)
print(names, hpy.trace.get_frequency(), hpy.trace.get_durations()["ctx_Dup"] > 0)  # expect: ['ctx_Dup', 'ctx_Close', 'ctx_Dup'] 1000000000 True

loaded = []
for mode in ("debug", "trace", "other:debug", "other:debug,leaky:trace"):
    env = {"HPY": mode}
    module = importlib.util.spec_from_file_location("leaky", universal.__file__)
    from hpy.universal import _load_bootstrap
    m = _load_bootstrap("leaky", "leaky", "", universal.__file__, module.loader, module, env)
    loaded.append((m.name().split(" ")[1], m.__file__ == universal.__file__))
print(*loaded)  # expect: ('Debug', True) ('Trace', True) ('Universal', True) ('Trace', True)
try:
    _load_bootstrap("leaky", "leaky", "", universal.__file__, None, module, {"HPY": "nonsense"})
except ValueError as e:
    print(e)  # expect: invalid HPy mode: nonsense
