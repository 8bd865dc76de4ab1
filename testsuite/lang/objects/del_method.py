"""__del__ runs when the last reference has gone; gc.collect() is where a runtime without counts notices."""
import gc
class D:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
d = D("a")
del d  # expect: del a
gc.collect()
d = D("b")
d = None  # expect: del b
gc.collect()
def f():
    D("local")
    gc.collect()
    return "after"
print(f())
# expect: del local
# expect: after
l = [D("in list")]
l.clear()  # expect: del in list
gc.collect()
a, b = D("cycle 1"), D("cycle 2")
a.other, b.other = b, None
b.other = a
b.name = "cycle 1"
del a, b
gc.collect()
# expect: del cycle 1
# expect: del cycle 1
class Resurrect:
    saved = None
    def __del__(self):
        print("resurrecting")
        Resurrect.saved = self
r = Resurrect()
del r  # expect: resurrecting
gc.collect()
print(type(Resurrect.saved).__name__)  # expect: Resurrect
Resurrect.saved = None
gc.collect()
print("not finalised twice")  # expect: not finalised twice
class Plain:
    def __del__(self): print("subclass", type(self).__name__)
class Sub(Plain): pass
s = Sub()
del s  # expect: subclass Sub
gc.collect()
gen = (x for x in [D("held by generator")])
next(gen)
del gen  # expect: del held by generator
gc.collect()
print("end")  # expect: end
