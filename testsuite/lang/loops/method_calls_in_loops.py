"""Hot loops calling methods of changing classes."""
class A:
    def __init__(self, v): self.v = v
    def get(self): return self.v
    def inc(self): self.v += 1; return self
class B(A):
    def get(self): return self.v * 10
class C:
    v = 5
    def get(self): return self.v
    def inc(self): return self
total = 0
for i in range(600):
    o = A(i) if i < 300 else B(i) if i < 500 else C()
    total += o.inc().get()
print(total)  # expect: 846650
a = A(0)
for _ in range(1000): a.inc()
print(a.v)  # expect: 1000
def replaced(self): return -1
s = 0
for i in range(400):
    if i == 200: A.get = replaced
    s += a.get()
print(s)  # expect: 199800
b = B(1)
t = 0
for i in range(300):
    if i == 100: b.get = lambda: 7
    if i == 200: del b.get
    t += b.get()
print(t)  # expect: 2700
u = 0
objs = [A(1), B(2), C()]
for i in range(300): u += objs[i % 3].get()
print(u)  # expect: 2400
class P:
    __slots__ = ("x", "y")
    def __init__(self): self.x = self.y = 0
    @property
    def total(self): return self.x + self.y
    @staticmethod
    def one(): return 1
    @classmethod
    def two(cls): return 2
p = P()
for i in range(500):
    p.x += p.one()
    p.y += P.two()
print(p.total, p.x, p.y)  # expect: 1500 500 1000
w = 0
for i in range(300):
    if i == 150: C.v = 100
    w += objs[2].get()
print(w)  # expect: 15750
f = len
n = 0
for i in range(200):
    if i == 100: f = sum
    n += f([1, 2, 3])
print(n)  # expect: 900
