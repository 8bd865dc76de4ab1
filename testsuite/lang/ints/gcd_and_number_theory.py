"""Small number theory loops on machine and big integers."""
def gcd(a, b): return a if b == 0 else gcd(b, a % b)
def totient(n): return sum(gcd(n, k) == 1 for k in range(1, n + 1))
def divisors(n): return [d for d in range(1, n + 1) if n % d == 0]
def is_square(n):
    r = int(n ** 0.5)
    return any((r + d) ** 2 == n for d in (-1, 0, 1))
print(gcd(2 ** 100, 6 ** 50) == 2 ** 50, [totient(n) for n in range(1, 15)], divisors(60), [n for n in range(50) if is_square(n)])
# expect: True [1, 1, 2, 2, 4, 2, 6, 4, 6, 4, 10, 4, 12, 6] [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60] [0, 1, 4, 9, 16, 25, 36, 49]
print(sum(n for n in range(1000) if n % 3 == 0 or n % 5 == 0), sum(f for f in (lambda: [a for a, b in [(0, 1)]])()), (sum(range(101)) ** 2 - sum(i * i for i in range(101))))
# expect: 233168 0 25164150
def order(a, n):
    k, x = 1, a % n
    while x != 1: x = x * a % n; k += 1
    return k
print([(p, order(10, p)) for p in (7, 13, 17, 19, 23)], pow(10, 96, 97), -7 % 3, 7 % -3, (-7) // 3, divmod(-2 ** 65, 10 ** 9))
# expect: [(7, 6), (13, 6), (17, 16), (19, 18), (23, 22)] 1 2 -2 -3 (-36893488148, 580896768)
def digits(n, b=10): return digits(n // b, b) + [n % b] if n else []
print(digits(12345), digits(255, 16), digits(2 ** 70, 1000), sum(digits(3 ** 200)))
# expect: [1, 2, 3, 4, 5] [15, 15] [1, 180, 591, 620, 717, 411, 303, 424] 468
def continued(n, d):
    while d: q, (n, d) = n // d, (d, n % d); yield q
print(list(continued(415, 93)), list(continued(10 ** 20, 3 ** 40)))
# expect: [4, 2, 6, 7] [8, 4, 2, 3, 1, 1, 1, 1, 2, 23, 1, 23, 2, 17, 5, 254, 2, 1, 41, 1, 1, 2, 1, 4, 1, 2, 7, 1, 1, 1, 1, 5, 4, 2, 2, 2, 5]
t = [n * (n + 1) // 2 for n in range(1, 20)]
print(t, [x for x in t if str(x) == str(x)[::-1]], [6, 28, 496])
# expect: [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66, 78, 91, 105, 120, 136, 153, 171, 190] [1, 3, 6, 55, 66, 171] [6, 28, 496]
print([bin(g := n ^ n >> 1)[2:].zfill(3) for n in range(8)], [n for n in range(64) if n & n - 1 == 0 and n], [(n & -n) for n in (12, 40, 7, 2 ** 80)], bin(-5 & 0xFF), ~0, ~(2 ** 64), (1 << 65) - 1 & ~(1 << 3))
# expect: ['000', '001', '011', '010', '110', '111', '101', '100'] [1, 2, 4, 8, 16, 32] [4, 8, 1, 1208925819614629174706176] 0b11111011 -1 -18446744073709551617 36893488147419103223
