"""Prime numbers in several styles."""
def sieve(n):
    flags = [True] * (n + 1)
    flags[:2] = [False, False]
    for i in range(2, int(n ** 0.5) + 1):
        if flags[i]: flags[i * i::i] = [False] * len(flags[i * i::i])
    return [i for i, f in enumerate(flags) if f]
def incremental():
    composites = {}
    n = 2
    while True:
        if n not in composites:
            yield n
            composites[n * n] = [n]
        else:
            for p in composites.pop(n): composites.setdefault(n + p, []).append(p)
        n += 1
def miller_rabin(n):
    if n < 2: return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0: return n == p
    d, s = n - 1, 0
    while d % 2 == 0: d, s = d // 2, s + 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1): continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1: break
        else: return False
    return True
def factor(n):
    out, p = [], 2
    while p * p <= n:
        while n % p == 0: out.append(p); n //= p
        p += 1 if p == 2 else 2
    return out + [n] if n > 1 else out
g = incremental()
print(sieve(60), [next(g) for _ in range(17)] == sieve(60)[:17], len(sieve(100000)), sum(sieve(1000)))
# expect: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59] True 9592 76127
print([n for n in range(100) if miller_rabin(n)] == sieve(99), miller_rabin(2 ** 61 - 1), miller_rabin(2 ** 127 - 1), miller_rabin(2 ** 89 + 1), factor(600851475143), factor(2 ** 32 - 1), factor(97), factor(1))
# expect: True True True False [71, 839, 1471, 6857] [3, 5, 17, 257, 65537] [97] []
print([p for p in sieve(200) if str(p) == str(p)[::-1]], [(p, p + 2) for p in sieve(100) if p + 2 in set(sieve(102))], max(b - a for a, b in zip(sieve(10000), sieve(10000)[1:])))
# expect: [2, 3, 5, 7, 11, 101, 131, 151, 181, 191] [(3, 5), (5, 7), (11, 13), (17, 19), (29, 31), (41, 43), (59, 61), (71, 73)] 36
def goldbach(n): return next((p, n - p) for p in sieve(n) if miller_rabin(n - p))
print([goldbach(n) for n in (4, 28, 100, 1000)], all(goldbach(n) for n in range(4, 300, 2)))  # expect: [(2, 2), (5, 23), (3, 97), (3, 997)] True
