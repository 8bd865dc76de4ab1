"""Independent tests of random data with short bodies: one path, whatever their outcomes are."""


def f(n):
    x = 1
    t = u = 0
    for i in range(n):  # jit: no-call; no-alloc; guard<=24; native<=130
        x = (x * 1103515245 + 12345) & 0x7fffffff
        if x & 0x10000:
            t += 1
        if x & 0x20000:
            t += u + 3
        if x & 0x40000:
            t ^= 5
        if x & 0x80000:
            t -= 2
        if x & 0x100000:
            u = 7
        if not x & 0x200000:
            t ^= 11
        if x > 0x40000000:
            t += 13
        if u != 7:
            t -= 4
            u = 1
    return t, u


def least(items):
    best = items[0]
    for item in items:  # jit: no-call; no-alloc; native<=24
        if item < best:
            best = item
    return best


def grows(n):
    t = (1 << 61) - 100
    for i in range(n):
        if i & 1:
            t += 1
    return t


def kinds(items):
    t = 0
    last = None
    for item in items:
        if item:
            t += 1
        if t & 1:
            last = t
    return t, last


print(f(3000))  # expect: (33043, 7)
print(least([(i * 7919) % 10007 for i in range(1, 3000)]), least([3.5, 1, 2.5, True]))  # expect: 7 1
print(grows(1000) == (1 << 61) + 400)  # expect: True
print(kinds([1, 0] * 500), kinds([True, False, 0.0, "", "x", None, 2] * 100))  # expect: (500, 499) (300, 299)


def either(n):
    a = b = 0
    low, high = 0, n
    for i in range(n):  # jit: no-call; no-alloc; guard<=12
        if i * 7 % 3 > 1:
            a += 2
        else:
            b -= i
            a = 1
        if i & 4:
            low = i + 1
        else:
            high = i
        x = 5 if a > i else b
        a ^= x
    return a, b, low, high


print(either(1000))  # expect: (-332999, -333000, 1000, 995)
