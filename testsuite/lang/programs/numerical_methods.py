"""Integration, root finding, differential equations, linear regression."""
import math
def simpson(f, a, b, n=100):
    h = (b - a) / n
    return h / 3 * sum((1 if i in (0, n) else 4 if i % 2 else 2) * f(a + i * h) for i in range(n + 1))
def bisection(f, a, b, eps=1e-12):
    while b - a > eps:
        m = (a + b) / 2
        if (f(a) < 0) != (f(m) < 0): b = m
        else: a = m
    return (a + b) / 2
def rk4(f, y, t, h, n):
    for _ in range(n):
        k1 = f(t, y); k2 = f(t + h / 2, y + h / 2 * k1); k3 = f(t + h / 2, y + h / 2 * k2); k4 = f(t + h, y + h * k3)
        y, t = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4), t + h
    return y
def fit(xs, ys):
    n, mx, my = len(xs), sum(xs) / len(xs), sum(ys) / len(ys)
    b = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)
    return b, my - b * mx
def solve(a, b):
    n = len(a)
    m = [r[:] + [v] for r, v in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(n):
            if r != i:
                f = m[r][i] / m[i][i]
                m[r] = [x - f * y for x, y in zip(m[r], m[i])]
    return [m[i][n] / m[i][i] for i in range(n)]
print(round(simpson(math.sin, 0, math.pi), 8), round(simpson(lambda x: x * x, 0, 3), 10), round(bisection(lambda x: x ** 3 - 2, 0, 2), 10), round(rk4(lambda t, y: y, 1.0, 0, 0.01, 100), 8), fit([1, 2, 3, 4], [3, 5, 7, 9]), [round(x, 10) for x in solve([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3])])
# expect: 2.00000001 9.0 1.2599210499 2.71828183 (2.0, 1.0) [2.0, 3.0, -1.0]
def mean_var(xs):
    n = mean = m2 = 0
    for x in xs:
        n += 1
        d = x - mean
        mean += d / n
        m2 += d * (x - mean)
    return mean, m2 / n
print(mean_var([2, 4, 4, 4, 5, 5, 7, 9]), mean_var(range(1001)))  # expect: (5.0, 4.0) (500.0, 83500.0)
def kahan(xs):
    s = c = 0.0
    for x in xs:
        y = x - c
        t = s + y
        c = (t - s) - y
        s = t
    return s
print(kahan([0.1] * 1000), math.fsum([0.1] * 1000), 1e100 + 1 - 1e100, abs(kahan([1e16, 1, -1e16]) - 1) <= 1)  # expect: 100.0 100.0 0.0 True
pi = 0.0
for k in range(20000): pi += (-1) ** k / (2 * k + 1)
print(round(4 * pi, 6), round(math.sqrt(6 * sum(1 / k ** 2 for k in range(1, 5000))), 6))  # expect: 3.141543 3.141402
def lcg(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
        yield seed >> 33
g = lcg(1)
inside = sum(x * x + y * y < 1 for x, y in ((next(g) / 2 ** 31, next(g) / 2 ** 31) for _ in range(5000)))
print(4 * inside / 5000, [next(lcg(s)) for s in range(3)])  # expect: 3.128 [167951807, 908834774, 1649717740]
