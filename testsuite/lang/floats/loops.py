"""Hot float loops with exact results."""
s = 0.0
for i in range(1, 1001): s += 1 / i
print(s)  # expect: 7.485470860550343
x = 1.0
for _ in range(100): x = x * 1.01
print(x)  # expect: 2.7048138294215294
v = 0.5
for _ in range(50): v = 3.9 * v * (1 - v)
print(v)  # expect: 0.24135511240702046
a = [float(i) for i in range(10)]
for i in range(1, 10): a[i] += a[i - 1] / 2
print(a)  # expect: [0.0, 1.0, 2.5, 4.25, 6.125, 8.0625, 10.03125, 12.015625, 14.0078125, 16.00390625]
n, t = 0, 0.0
while t < 1: t += 0.1; n += 1
print(n, t)  # expect: 11 1.0999999999999999
e, term = 0.0, 1.0
for k in range(1, 25): e += term; term /= k
print(e)  # expect: 2.7182818284590455
m = float("inf")
for y in [3.5, -1.25, 7.0, float("nan"), 2.0]: m = y if y < m else m
print(m)  # expect: -1.25
z = 1e308
for i in range(3): z *= 10
print(z, z - z == 0, 1 / z)  # expect: inf False 0.0
q = 1.0
for _ in range(1080): q /= 2
print(q)  # expect: 0.0
r = 0.1 + 0.2
for _ in range(3): r = round(r, 10) * 3
print(r)  # expect: 8.100000000000001
k = 0
for i in range(1000):
    if i * 0.1 == i / 10: k += 1
print(k)  # expect: 648
c = 0.0
for i in range(100000): c += i % 7 * 0.5
print(c)  # expect: 149997.5
