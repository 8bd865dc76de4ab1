"""Observer pattern with weak references, priorities and cancellation."""
import gc, weakref
class Event:
    def __init__(self, name, **data):
        self.name, self.cancelled = name, False
        self.__dict__.update(data)
class Bus:
    def __init__(self): self._subs = {}
    def on(self, name, fn=None, *, priority=0):
        if fn is None: return lambda f: self.on(name, f, priority=priority) or f
        ref = weakref.WeakMethod(fn) if hasattr(fn, "__self__") else (lambda f=fn: f)
        self._subs.setdefault(name, []).append((-priority, len(self._subs.get(name, ())), ref))
        self._subs[name].sort(key=lambda t: t[:2])
    def emit(self, name, **data):
        e = Event(name, **data)
        results = []
        for *_, ref in list(self._subs.get(name, ())):
            fn = ref()
            if fn is None: continue
            results.append(fn(e))
            if e.cancelled: break
        return results
bus = Bus()
@bus.on("save")
def normal(e): return f"normal {e.path}"
@bus.on("save", priority=10)
def first(e): return "first"
@bus.on("save", priority=5)
def stopper(e):
    if e.path == "secret": e.cancelled = True
    return "checked"
class Listener:
    def __init__(self, n): self.n = n
    def hear(self, e): return f"listener {self.n} {e.path}"
l = Listener(1)
bus.on("save", l.hear)
print(bus.emit("save", path="a"))  # expect: ['first', 'checked', 'normal a', 'listener 1 a']
print(bus.emit("save", path="secret"))  # expect: ['first', 'checked']
del l
gc.collect()
print(bus.emit("save", path="b"), bus.emit("nothing"))  # expect: ['first', 'checked', 'normal b'] []
@bus.on("save", priority=-1)
def nested(e): return bus.emit("inner", depth=getattr(e, "depth", 0) + 1)
@bus.on("inner")
def inner(e): return bus.emit("inner", depth=e.depth + 1) if e.depth < 3 else ["bottom", e.depth]
print(bus.emit("save", path="c"))  # expect: ['first', 'checked', 'normal c', [[[['bottom', 3]]]]]
