"""Reusable, reentrant and nested managers; managers as decorators and in loops."""
class Stack:
    depth = 0
    def __enter__(self): Stack.depth += 1; print(">" * Stack.depth); return Stack.depth
    def __exit__(self, *a): print("<" * Stack.depth, a[0].__name__ if a[0] else "-"); Stack.depth -= 1
s = Stack()
with s as a, s as b:
    with s as c: print(a, b, c)
# expect: >
# expect: >>
# expect: >>>
# expect: 1 2 3
# expect: <<< -
# expect: << -
# expect: < -
for i in range(2):
    with s: print("loop", i)
# expect: >
# expect: loop 0
# expect: < -
# expect: >
# expect: loop 1
# expect: < -
class Once:
    used = False
    def __enter__(self):
        if self.used: raise RuntimeError("used already")
        self.used = True
    def __exit__(self, *a): return a[0] is KeyError
o = Once()
with o: raise KeyError
try:
    with o: print("never")
except RuntimeError as e: print(e)  # expect: used already
class Swap:
    def __init__(self, d, **kw): self.d, self.kw = d, kw
    def __enter__(self):
        self.old = {k: self.d.get(k) for k in self.kw}
        self.d.update(self.kw)
        return self.d
    def __exit__(self, *a): self.d.update(self.old)
conf = {"x": 1}
with Swap(conf, x=2) as c1, Swap(conf, x=3): print(c1)  # expect: {'x': 3}
print(conf)  # expect: {'x': 1}
def managed(n):
    with s:
        if n: return managed(n - 1)
        return "deep"
print(managed(2), Stack.depth)
# expect: >
# expect: >>
# expect: >>>
# expect: <<< -
# expect: << -
# expect: < -
# expect: deep 0
class Timer:
    log = []
    def __init__(self, n): self.n = n
    def __enter__(self): self.log.append(self.n); return self
    def __exit__(self, k, v, t): self.log.append((self.n, k.__name__ if k else None)); return self.n == "outer"
with Timer("outer"):
    with Timer("mid"):
        with Timer("in"): raise ValueError
print(Timer.log)  # expect: ['outer', 'mid', 'in', ('in', 'ValueError'), ('mid', 'ValueError'), ('outer', 'ValueError')]
class Chain:
    def __enter__(self): return self
    def __exit__(self, k, v, t):
        if v: raise RuntimeError("wrapped") from v
try:
    with Chain(), Chain(): 1 / 0
except RuntimeError as e: print(repr(e.__cause__), repr(e.__cause__.__cause__))
# expect: RuntimeError('wrapped') ZeroDivisionError('division by zero')
def gen():
    with s: yield "inside"
g = gen()
print(next(g), Stack.depth)
# expect: >
# expect: inside 1
g.close()  # expect: < GeneratorExit
print(Stack.depth)  # expect: 0
with (Timer("p") as p, Timer("q") as q): print(p.n, q.n)  # expect: p q
with Timer("t"), (Timer("u")) as u, Timer("v"): print(u.n)  # expect: u
x = [0]
with s as x[0]: print(x)
# expect: >
# expect: [1]
# expect: < -
