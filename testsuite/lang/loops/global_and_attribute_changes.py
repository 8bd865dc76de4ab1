"""Values which look constant change in the middle of loops."""
K = 1
def use(): return K * 2
s = 0
for i in range(300):
    if i == 150: K = 10
    s += use()
print(s)  # expect: 3300
def g(): return helper(1)
def helper(x): return x
t = 0
for i in range(300):
    if i == 200:
        def helper(x): return x * 100
    t += g()
print(t)  # expect: 10200
import math
u = 0
old = math.pi
for i in range(200):
    if i == 100: math.pi = 3
    u += math.pi
math.pi = old
print(round(u, 6))  # expect: 614.159265
abs_ = abs
v = 0
for i in range(-100, 100):
    if i == 0: abs = lambda x: 1000
    v += abs(i)
del abs
print(v, abs(-5))  # expect: 105050 5
class C: rate = 1
c = C()
w = 0
for i in range(300):
    if i == 100: C.rate = 2
    if i == 200: c.rate = 5
    w += c.rate
print(w)  # expect: 800
class Meta(type):
    n = 0
    def __call__(cls, *a): Meta.n += 1; return super().__call__(*a)
class M(metaclass=Meta): pass
for _ in range(250): M()
print(Meta.n)  # expect: 250
lst = [1, 2, 3]
z = 0
for i in range(300):
    if i == 100: lst = (10, 20, 30)
    if i == 200: lst = {0: 5, 1: 6, 2: 7}
    z += lst[i % 3]
print(z)  # expect: 2800
class D:
    def __add__(self, o): return 1
q = 0
x = 5
for i in range(300):
    if i == 150: x = D()
    q += x + 1
print(q)  # expect: 1050
def counter():
    n = 0
    def step(k=1): nonlocal n; n += k; return n
    return step
st = counter()
for i in range(300): st() if i % 2 else st(2)
print(st(0))  # expect: 450
