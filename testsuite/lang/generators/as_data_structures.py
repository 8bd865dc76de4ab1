"""Generators as coroutines: accumulators, state machines, lazy evaluation."""
def accumulate():
    total = 0
    while True:
        x = yield total
        if x is None: return total
        total += x
def collect(results):
    while True: results.append((yield from accumulate()))
results = []
c = collect(results)
next(c)
for x in 1, 2, 3, None, 10, 20, None: c.send(x)
print(results)  # expect: [6, 30]
def traffic():
    while True:
        for colour, n in ("green", 2), ("yellow", 1), ("red", 2):
            for _ in range(n): yield colour
t = traffic()
print([next(t) for _ in range(7)])  # expect: ['green', 'green', 'yellow', 'red', 'red', 'green', 'green']
def window(it, n):
    buf = []
    for x in it:
        buf.append(x)
        if len(buf) == n:
            yield tuple(buf)
            del buf[0]
print(list(window(range(5), 3)), list(window("ab", 3)))  # expect: [(0, 1, 2), (1, 2, 3), (2, 3, 4)] []
class Lazy:
    def __init__(self, g): self.g, self.cache = g, []
    def __getitem__(self, i):
        while len(self.cache) <= i: self.cache.append(next(self.g))
        return self.cache[i]
def fibs():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
f = Lazy(fibs())
print(f[10], f[90], len(f.cache), f[3])  # expect: 55 2880067194370816120 91 2
def merge(*its):
    heads = {i: next(it) for i, it in enumerate(its)}
    while heads:
        i = min(heads, key=heads.get)
        yield heads[i]
        try: heads[i] = next(its[i])
        except StopIteration: del heads[i]
print(list(merge(iter([1, 4, 7]), iter([2, 5]), iter([3, 6, 8, 9]))))  # expect: [1, 2, 3, 4, 5, 6, 7, 8, 9]
def take_until(it, stop):
    for x in it:
        if x == stop: return
        yield x
print(list(take_until("hello", "l")), "".join(take_until(iter("abc"), "z")))  # expect: ['h', 'e'] abc
def retry():
    attempts = 0
    while True:
        try:
            cmd = yield attempts
            if cmd == "fail": raise ValueError
        except ValueError: attempts += 1
r = retry()
next(r)
print([r.send("fail"), r.send("ok"), r.throw(ValueError)])  # expect: [1, 1, 2]
