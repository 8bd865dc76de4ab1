"""Exceptions as control flow in hot loops."""
d = {i: i * i for i in range(0, 100, 2)}
hits = misses = 0
for i in range(400):
    try: hits += d[i % 100] > -1
    except KeyError: misses += 1
print(hits, misses)  # expect: 200 200
n = 0
for s in ["1", "x", "3", "4.5", ""] * 50:
    try: n += int(s)
    except ValueError: n -= 1
    else: n += 100
    finally: n += 1000
print(n)  # expect: 260050
it = iter(range(250))
c = 0
while True:
    try: c += next(it)
    except StopIteration: break
print(c)  # expect: 31125
def risky(i):
    if i % 7 == 0: raise ValueError(i)
    if i % 11 == 0: raise KeyError(i)
    return i
out = [0, 0, 0]
for i in range(1, 500):
    try: out[0] += risky(i)
    except ValueError as e: out[1] += e.args[0]
    except KeyError as e: out[2] += e.args[0]
print(out)  # expect: [97090, 17892, 9768]
l = [1, 2, 3]
k = 0
for i in range(-5, 300):
    try: k += l[i]
    except IndexError: k += 1000
print(k)  # expect: 299012
z = 0.0
for i in range(-50, 50):
    try: z += 1 / i
    except ZeroDivisionError: z += 0.5
print(round(z, 9))  # expect: 0.48
class Stop(Exception): pass
def walk():
    for i in range(100):
        for j in range(100):
            if i * j == 2021 or i + j == 150: raise Stop(i, j)
try: walk()
except Stop as e: print(e.args)  # expect: (43, 47)
m = 0
for i in range(300):
    try:
        try: assert i % 5, "five"
        except AssertionError: raise TypeError from None
    except TypeError: m += 1
    if i == 299: break
print(m)  # expect: 60
