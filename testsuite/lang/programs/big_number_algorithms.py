"""Algorithms on large integers."""
def egcd(a, b):
    x0, x1, y0, y1 = 1, 0, 0, 1
    while b:
        q, a, b = a // b, b, a % b
        x0, x1 = x1, x0 - q * x1
        y0, y1 = y1, y0 - q * y1
    return a, x0, y0
def crt(pairs):
    x, m = 0, 1
    for r, n in pairs:
        g, p, _ = egcd(m, n)
        x = (x + (r - x) * p % n * m) % (m * n)
        m *= n
    return x
p, q = 2 ** 89 - 1, 2 ** 107 - 1
n, phi, e = p * q, (p - 1) * (q - 1), 65537
d = egcd(e, phi)[1] % phi
msg = int.from_bytes(b"secret message", "big")
c = pow(msg, e, n)
print(c, pow(c, d, n).to_bytes(14, "big"), d == pow(e, -1, phi), egcd(240, 46), crt([(2, 3), (3, 5), (2, 7)]))
# expect: 60982921806485202595932124818762564638446505014013855815129 b'secret message' True (2, -9, 47) 23
def isqrt(n):
    x = 1 << (n.bit_length() + 1) // 2
    while (y := (x + n // x) // 2) < x: x = y
    return x
print(isqrt(2 * 10 ** 60), isqrt(10 ** 50) == 10 ** 25, [isqrt(n) for n in range(1, 17)])
# expect: 1414213562373095048801688724209 True [1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4]
def fib(n):
    a, b = 0, 1
    for bit in bin(n)[2:]:
        a, b = a * (2 * b - a), a * a + b * b
        if bit == "1": a, b = b, a + b
    return a
print(fib(300), fib(1000) % 10 ** 20, len(str(fib(10000))))
# expect: 222232244629420445529739893461909967206666939096499764990979600 76137795166849228875 2090
def pi_digits():
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < m * t:
            yield m
            q, r, m = 10 * q, 10 * (r - m * t), 10 * (3 * q + r) // t - 10 * m
        else: q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
g = pi_digits()
print("".join(str(next(g)) for _ in range(60)))  # expect: 314159265358979323846264338327950288419716939937510582097494
def karatsuba(x, y):
    if x < 10 ** 9 or y < 10 ** 9: return x * y
    s = max(x.bit_length(), y.bit_length()) // 2
    a, b = x >> s, x & (1 << s) - 1
    c, d = y >> s, y & (1 << s) - 1
    ac, bd = karatsuba(a, c), karatsuba(b, d)
    return (ac << 2 * s) + (karatsuba(a + b, c + d) - ac - bd << s) + bd
a, b = 3 ** 300, 7 ** 250
print(karatsuba(a, b) == a * b, (a * b) % (2 ** 61 - 1), (a ** 3 - b) // (b + 1) % 10 ** 12, a.bit_length(), bin(a).count("1") == a.bit_count())
# expect: True 2079697398138098689 452656476237 476 True
e_digits = sum(10 ** 60 // __import__("math").factorial(k) for k in range(50))
print(str(e_digits)[:50], sum(int(c) for c in str(2 ** 1000)), pow(2, 10 ** 18, 10 ** 9 + 7), -7 ** 50 // 10 ** 30, -7 ** 50 % 10 ** 30)
# expect: 27182818284590452353602874713526624977572470936999 1366 719476260 -1798465042648 587853379719659430350650748751
