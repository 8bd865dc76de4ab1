# min-python: 3.13
"""locals(), frame.f_locals and exec share rules of PEP 667."""
import sys
def f():
    x = 1
    l = locals()
    x = 2
    l["x"] = 99
    return x, l["x"], locals()["x"]
print(f())  # expect: (2, 99, 2)
def g():
    x = 1
    fr = sys._getframe()
    fr.f_locals["x"] = 50
    return x, fr.f_locals["x"]
print(g())  # expect: (50, 50)
def h():
    y = 1
    def inner(): return y
    sys._getframe().f_locals["y"] = 7
    return inner(), y
print(h())  # expect: (7, 7)
def i():
    exec("new = 5")
    return "new" in locals(), list(locals())
print(i())  # expect: (False, [])
def j():
    z = 1
    exec("z = 2")
    return z
print(j())  # expect: 1
def k():
    ns = {}
    exec("z = 2", globals(), ns)
    return ns
print(k())  # expect: {'z': 2}
class C:
    a = 1
    locals()["b"] = 2
    l = locals()
print(C.b, C.l["a"])  # expect: 2 1
def caller_locals(): return dict(sys._getframe(1).f_locals)
def m():
    p, q = 1, [2]
    return caller_locals()
print(m())  # expect: {'p': 1, 'q': [2]}
def comp():
    t = 5
    return [sorted(locals()) for u in range(1)]
print(comp())  # expect: [['t', 'u']]
def gen():
    v = 1
    yield locals()
    v = 2
    yield locals()["v"]
it = gen()
first = next(it)
print(first, next(it), first)  # expect: {'v': 1} 2 {'v': 1}
fl = (lambda a, *b, c=3, **d: sys._getframe().f_locals)(1, 2, e=4)
print(dict(fl), "a" in fl, len(fl), fl.get("zz", "none"))  # expect: {'a': 1, 'c': 3, 'b': (2,), 'd': {'e': 4}} True 4 none
