"""Branches with long bodies: their sides meet in traces that start there, so that the number of traces grows with the number of
branches and not with that of paths."""
import haft.jit


class Counter:
    def __init__(self):
        self.hits = 0
        self.misses = 0


def rounded(x):
    if x & 512:
        return x - 1
    return x + 1


def numbers(n):
    x = 12345
    out = []
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7fffffff
        out.append(x >> 8 & 1023)
    return out


def eight(data):
    counter = Counter()
    items = []
    counts = {0: 0, 1: 0, 2: 0, 3: 0}
    s = t = 0
    for x in data:  # jit: inlined rounded
        if x & 1:
            items.append(x)
        if x & 2:
            counter.hits += 1
        else:
            counter.misses += 2
        if x & 4:
            counts[x & 3] += 1
        if x & 8:
            s += rounded(x)
        if x & 16:
            if x & 32:
                t += x * 3
                s ^= t & 255
            else:
                t -= x
                s += 7
        kind = x % 5
        if kind == 0:
            s += 1
            t += 2
        elif kind == 1:
            s += x
            counter.hits += 1
        elif kind == 2:
            t += rounded(s & 1023)
        elif kind == 3:
            s = s * 3 & 0xffff
        else:
            t ^= x
        if x & 64:
            t += 1
            continue
        if x & 128:
            try:
                s += data[x]
            except IndexError:
                t += 1
    return s, t, counter.hits, counter.misses, len(items), sum(counts.values())


data = numbers(4000)
before = after = haft.jit.stats()
again = result = None  # a loop is compiled anew when the module has other names
for again in range(8):
    result = eight(data)
print(result)  # expect: (61714, 1686497, 2795, 4004, 1997, 2004)
before = haft.jit.stats()
print(eight(data) == result)  # expect: True
after = haft.jit.stats()
print(after["sides"] < 140, after["exits_taken"] - before["exits_taken"] < 400)  # expect: True True


def inner(x, out):
    if x & 1:
        out.append(1)
    else:
        out[-1] += 2
    if x & 2:
        out.append(3)
    if x & 4:
        return x
    out[-1] -= 1
    if x & 8:
        out.append(x)
    return -x


def outer(data):
    t = 0
    out = [0]
    for x in data:  # jit: inlined inner
        t += inner(x, out)
        if x & 16:
            t += inner(x >> 1, out)
            out.append(t & 7)
        if x & 32:
            t ^= 5
            out[-1] ^= t
        if len(out) > 50:
            del out[10:]
    return t, len(out)


for again in range(8):
    result = outer(data)
print(result)  # expect: (13443, 34)
