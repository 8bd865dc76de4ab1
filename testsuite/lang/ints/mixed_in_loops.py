"""Sums with bools, quotients of ints, divmod and small powers in a hot loop, at their bounds."""


def bools(n):
    t = u = 0
    for i in range(n):
        t += i % 3 == 1
        u = u * 2 - (i & 1 == 0) + (i > 5) * 3 & 0xFFFF
        u += True + (i < 3) - False
    return t, u


print(bools(500))  # expect: (167, 21842)


def large(n):
    t = (1 << 61) - 5
    for i in range(n):
        t += i < 8
    return t


print(large(300))  # expect: 2305843009213693955


def quotients(n):
    t = 0.0
    for i in range(n):
        t += (i - 7) / 3 + 1 / (i + 1)
    return t, (n << 54) / 3


print(quotients(300))  # expect: (14256.282663880296, 1.8014398509481984e+18)


def exact(n):
    out = []
    for i in range(n):
        x = (1 << 53) + i - n + 3
        out.append(x / 3)
        try:
            out.append(i / (i % 100 - 99))
        except ZeroDivisionError as e:
            out.append(str(e))
    return out[-4:], out[199]


print(exact(200))  # expect: ([3002399751580331.0, -198.0, 3002399751580331.5, 'division by zero'], 'division by zero')


def parts(n):
    t = 0
    for i in range(n):
        q, r = divmod(i - 150, 7)
        t = t * 3 + q * r & 0xFFFFFF
        q, r = divmod(i, -(i % 5) - 1)
        t += q - r
        try:
            divmod(i, i % 90 - 89)
        except ZeroDivisionError:
            t += 1
    return t


print(parts(400))  # expect: 12590482


def powers(n):
    t = 0
    for i in range(n):
        t += (i - 9) ** 2 - i**3
        t ^= (i * 1000003) ** 2 & 0xFFFF
    big = 0
    for i in range(n):
        big = (1 << i % 64) ** 3
    return t, big, (1 << n % 64) ** 2


print(powers(355))  # expect: (-3934263242, 5070602400912917605986812821504, 1180591620717411303424)


def truths(values, n):
    t = 0
    for i in range(n):
        v = values[i % len(values)]
        if v:
            t += 1
        t = t * 2 + (not v) & 0xFFFF
    return t


print(truths([True, False], 300), truths([0, 1, 2], 300), truths([True, 1, 0, None, 0.0, "", "a", []], 800))  # expect: 43689 46810 49857
