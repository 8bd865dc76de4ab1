"""Floats beside ints, their signs and their powers."""


def compared(n):
    x, s = -50.0, 0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        x += 0.5
        if x < 0:
            s += 1
        if 3 >= x:
            s += 2
        if i > x:
            s += 4
        if x != i:
            s += 8
    return s


def signs(n):
    x, s = 0.0, 0.0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        x += 0.25
        s += -x * 2 + +x
    return s


def powers(n):
    x, s = 0.0, 0.0
    for i in range(n):  # jit: call<=3; no-alloc; no-box
        x += 0.25
        s += x ** 2 + x ** 0.5 + x ** -1
    return s


def signs_of_zero(n):
    zeros = [0.0, -0.0]
    return {str(-zeros[i & 1]) for i in range(n)}


def exact(n):
    large = [2.0 ** 53, 2.0 ** 53 + 2, float("nan"), float("inf"), -1e300]
    s = 0
    for i in range(n):
        x, k = large[i % 5], 2 ** 53 + i % 4 - 1
        s = (s * 7 + (x < k) + 2 * (x == k) + 3 * (k <= x) + 4 * (k != x)) % 1000003
    return s


def errors(n):
    s = 0
    for i in range(n):
        try:
            s += ((i % 50) / 2.0) ** -2
        except ZeroDivisionError:
            s += 1
        try:
            s += len(str((i % 40 - 20.5) ** 0.5)) > 25
            s += 10.0 ** (i % 400) == 0
        except OverflowError:
            s += 2
    return round(s, 9)


print(compared(3000))  # expect: 36311
print(signs(3000))  # expect: -1125375.0
print(round(powers(3000), 6))  # expect: 562836101.430251
print(sorted(signs_of_zero(3000)))  # expect: ['-0.0', '0.0']
print(exact(3000))  # expect: 783789
print(errors(3000))  # expect: 3298.935856069
