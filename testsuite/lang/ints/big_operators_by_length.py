"""Operators of ints of many lengths, checked by laws: each pair of operands goes through another path of the runtime."""
EDGES = (0, 1, 2, 3, 57121, 2**61 - 1, 2**61, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 2**64 + 1)


def numbers(seed, count):
    """Numbers of up to 40 words, many of them next to a power of two."""
    out = list(EDGES)
    for i in range(count):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        size = (1, 60, 64, 65, 127, 128, 129, 192, 700, 2500)[(seed >> 50) % 10]
        number = 1
        while number.bit_length() < size:
            seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
            part = (seed >> 1, 2**64 - 1, 0, 1 << (seed >> 58))[(seed >> 40) % 4]
            number = number * 2**64 + part
        out.append(number >> (number.bit_length() - size))
    return out


def of_bits(number):
    return int(bin(number), 2)


def check(a, b):
    assert a + b - b == a and b - (b - a) == a and -(a - b) == b - a
    assert (a + b) * (a - b) == a * a - b * b
    assert of_bits(a) == a and int(str(a)) == a and int(hex(a), 16) == a
    assert (a & b) + (a | b) == a + b and (a ^ b) == (a | b) - (a & b)
    assert ~a == -a - 1 and ~(a & b) == (~a | ~b)
    assert (a < b) == (a - b < 0) and (a == b) == (not a ^ b) and (a <= b) == (b >= a)
    assert hash(a) == hash(of_bits(a)) and abs(a) == abs(-a) and bool(a) == (a != 0)
    if b:
        q, r = divmod(a, b)
        assert q * b + r == a and abs(r) < abs(b) and (not r or (r < 0) == (b < 0)), (a, b)
        assert a // b == q and a % b == r
        # A quotient of one word, with remainders at both ends.
        for rest in (0, 1, abs(b) - 1):
            if rest < abs(b):
                for quotient in (1, 2**31, 2**64 - 1):
                    x = abs(b) * quotient + rest
                    assert x // abs(b) == quotient and x % abs(b) == rest, (x, b)
                    assert divmod(-x, abs(b)) == (-quotient - (rest > 0), (abs(b) - rest) % abs(b))
    for n in (0, 1, 63, 64, 65, 130):
        assert a << n == a * 2**n and a >> n == a // 2**n and (a << n) >> n == a
    assert a.bit_length() == len(bin(abs(a))) - 2 or a == 0
    assert a.bit_count() == bin(a).count("1")


pairs = 0
found = numbers(2026, 27)
for i, a in enumerate(found):
    for b in found[i % 7::7]:
        for x, y in ((a, b), (-a, b), (a, -b), (-a, -b)):
            check(x, y)
            pairs += 1
print(pairs)  # expect: 920
try:
    2**100 // 0
except ZeroDivisionError:
    print("no division by zero")  # expect: no division by zero
try:
    2**100 % 0
except ZeroDivisionError:
    print("nor a remainder")  # expect: nor a remainder
print(2**100 >> 2**70, -2**100 >> 2**70)  # expect: 0 -1
print(True + 2**64, (2**64 | True) - 2**64)  # expect: 18446744073709551617 1
