"""weakref.finalize: order, detach, atexit flag."""
import weakref, gc
class O: pass
log = []
o = O()
f1 = weakref.finalize(o, log.append, "first")
f2 = weakref.finalize(o, log.append, "second")
f3 = weakref.finalize(o, log.append, "detached")
print(f3.detach()[1].__name__, f3.alive, f1.peek()[2], f1.atexit)  # expect: append False ('first',) True
f2()
print(log, f2.alive, f2())  # expect: ['second'] False None
del o
gc.collect()
print(log, f1.alive)  # expect: ['second', 'first'] False
class Resource:
    def __init__(self, name):
        self.name = name
        self._f = weakref.finalize(self, print, "closing", name)
    def close(self): self._f()
    @property
    def closed(self): return not self._f.alive
a, b = Resource("a"), Resource("b")
a.close(); a.close()  # expect: closing a
print(a.closed, b.closed)  # expect: True False
del b  # expect: closing b
gc.collect()
order = []
o = O()
refs = [weakref.ref(o, lambda r, i=i: order.append(i)) for i in range(3)]
del o
gc.collect()
print(sorted(order), [r() for r in refs])  # expect: [0, 1, 2] [None, None, None]
x = O()
r1, r2 = weakref.ref(x), weakref.ref(x)
print(r1 is r2, len(weakref.getweakrefs(x)) >= 1, weakref.ref(x, print) is r1, r1 == r2)  # expect: True True False True
d = {r1: "v"}
print(d[r2])  # expect: v
y = O()
last = Resource("at exit")
# expect: closing at exit
