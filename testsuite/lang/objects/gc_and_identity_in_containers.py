"""Objects survive in containers, closures, frames and exceptions while reachable."""
import gc, weakref
class O:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"O{self.n}"
def track(make):
    refs = []
    keep = make(lambda n: refs.append(weakref.ref(o := O(n))) or o)
    gc.collect()
    alive = [r() is not None for r in refs]
    result = repr(keep) if not callable(keep) else "callable"
    del keep
    gc.collect()
    return alive, [r() is not None for r in refs], result
print(track(lambda new: [new(1), (new(2), {new(3): new(4)}), {new(5)} and 5]))
# expect: ([True, True, True, True, False], [False, False, False, False, False], '[O1, (O2, {O3: O4}), 5]')
print(track(lambda new: (lambda x: (lambda: x))(new(1))))  # expect: ([True], [False], 'callable')
print(track(lambda new: {"a": new(1), "b": [new(2)]}))  # expect: ([True, True], [False, False], "{'a': O1, 'b': [O2]}")
print(track(lambda new: new(1) and None))  # expect: ([False], [False], 'None')
def err(new):
    try: raise ValueError(new(1))
    except ValueError as e: return [e]
print(track(err)[:2])  # expect: ([True], [False])
def gen(new):
    def g():
        o = new(1)
        yield
    it = g()
    next(it)
    return [it]
print(track(gen)[:2])  # expect: ([True], [False])
def cyc(new):
    a, b = new(1), new(2)
    a.o, b.o = b, a
    return None
print(track(cyc)[:2])  # expect: ([False, False], [False, False])
def attrs(new):
    class Local: held = new(1)
    i = Local()
    i.x = new(2)
    return [i]
print(track(attrs)[:2])  # expect: ([True, True], [False, False])
def defaults(new):
    def f(a=new(1), *, b=new(2)): pass
    return f
print(track(defaults)[:2])  # expect: ([True, True], [False, False])
def bound(new):
    o = new(1)
    return o.__repr__
print(track(bound)[:2])  # expect: ([True], [False])
l = [O(i) for i in range(1000)]
r = [weakref.ref(o) for o in l]
del l[::2]
gc.collect()
print(sum(x() is not None for x in r), all(x().n % 2 for x in r if x() is not None))  # expect: 500 True
big = []
for i in range(200000):
    t = (i, [i], {"k": i})
    if i % 1000 == 0: big.append(t)
print(len(big), big[7], sum(t[1][0] for t in big))  # expect: 200 (7000, [7000], {'k': 7000}) 19900000
