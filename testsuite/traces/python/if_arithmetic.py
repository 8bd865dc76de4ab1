"""Bodies of an `if` that multiply by a small number, shift, mask sums and negate: still one path."""


def f(data):
    a = b = c = d = e = f = g = h = 0
    for x in data:  # jit: no-call; no-alloc; guard<=30; native<=150
        if x & 1:
            a += x
        if x & 2:
            b += x * 3
        if x & 4:
            c ^= x
        if x & 8:
            d -= x
        if x & 16:
            e += a & 7
        if x & 32:
            f += b & 3
        if x & 64:
            g = g + c & 0xFFFF
        if x & 128:
            h += 1
    return a, b, c, d, e, f, g, h


def numbers(n):
    s, out = 12345, []
    for i in range(n):
        s = (s * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(s >> 8)
    return out


print(f(numbers(3000)))
# expect: (6395798915, 18785933355, 5938641, -6366616420, 5630, 2366, 16172, 1509)


def others(data):
    a = b = c = 0
    for x in data:  # jit: no-call; no-alloc; guard<=20
        if x & 1:
            a += -x
        if x & 2:
            b = ~b + x
        else:
            b = b * -2 + 1 & 0xFF
        if x & 4:
            c += x >> 3
        if x & 8:
            c -= x % 16 + x // 4
    return a, b, c


print(others(numbers(3000)))  # expect: (-6395798915, 7, -801143268)


def edges(values):
    """Sums and products around the largest word, where ints become larger."""
    out = []
    for x in values:
        y = x
        if x & 1:
            y = x * 3 + 1
        z = y
        if x & 2:
            z = -x
        w = x
        if x & 4:
            w = (x + x) & 0xFFFF
        v = 0
        if x & 8:
            v = x + x | x
        out.append((y, z, w, v))
    return out


limit = 1 << 61
data = [d + sign * k for k in (limit, limit // 2, limit // 3, 5) for sign in (1, -1) for d in range(-9, 10)]
small = [x for x in data if -limit <= x < limit]


def expected(x):
    y = x * 3 + 1 if x & 1 else x
    return y, -x if x & 2 else y, 2 * x & 0xFFFF if x & 4 else x, (2 * x | x) if x & 8 else 0


print(all(edges([5, 10, 15] * 300 + small)[900:] == [expected(x) for x in small] for k in range(20)))  # expect: True
print(all(edges(data)[k] == expected(x) for k, x in enumerate(data)))  # expect: True
