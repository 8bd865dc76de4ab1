"""Cyclic garbage is found."""
import gc, weakref
class Node:
    def __init__(self): self.link = None
def cycle(n):
    nodes = [Node() for _ in range(n)]
    for i, x in enumerate(nodes):
        x.link = nodes[(i + 1) % n]
    return weakref.ref(nodes[0])
refs = [cycle(n) for n in (1, 2, 10)]
gc.collect()
print([r() for r in refs])  # expect: [None, None, None]
def closure_cycle():
    def f(): return f
    f.self = f
    return weakref.ref(f)
r = closure_cycle()
gc.collect()
print(r())  # expect: None
class A: pass
def class_cycle():
    class Local:
        def m(self): return Local
    Local.me = Local()
    return weakref.ref(Local)
r = class_cycle()
gc.collect()
print(r())  # expect: None
def exception_cycle():
    try:
        raise ValueError
    except ValueError as e:
        o = A()
        o.error = e
        e.obj = o
        return weakref.ref(o)
r = exception_cycle()
gc.collect()
print(r())  # expect: None
def gen_cycle():
    def g():
        me = yield
        yield me
    it = g()
    next(it)
    it.send(it)
    return weakref.ref(it)
r = gen_cycle()
gc.collect()
print(r())  # expect: None
l = []
l.append(l)
d = {}
d["d"] = d
del l, d
print(gc.collect() >= 0, gc.isenabled())  # expect: True True
gc.disable()
print(gc.isenabled())  # expect: False
gc.enable()
