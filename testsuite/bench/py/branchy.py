"""Branches that nobody can predict: eight independent ifs with short bodies, and a loop whose bodies do everything that
bodies do. scale = numbers."""
import sys
import time

SCALE = 60000


def numbers(n):
    out = []
    x = 12345
    for _ in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(x >> 8 & 1023)
    return out


def short(data):
    a = b = c = d = e = f = g = h = 0
    for x in data:
        if x & 1:
            a += 1
        if x & 2:
            b += 1
        if x & 4:
            c += 1
        if x & 8:
            d += 1
        if x & 16:
            e += 1
        if x & 32:
            f += 1
        if x & 64:
            g += 1
        if x & 128:
            h += 1
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h


class Counter:
    def __init__(self):
        self.hits = 0
        self.misses = 0


def rounded(x):
    if x & 512:
        return x - 1
    return x + 1


def longer(data):
    counter = Counter()
    items = []
    counts = {0: 0, 1: 0, 2: 0, 3: 0}
    s = t = 0
    for x in data:
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
            s = s * 3 & 0xFFFF
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


def run(scale):
    data = numbers(scale)
    return "%d %s" % (short(data), longer(data))


def main(argv):
    """argv: [scale [warm_seconds [measure_seconds [spawn_time]]]] -- the same text in every program of this folder."""
    scale = int(argv[1]) if len(argv) > 1 and int(argv[1]) else SCALE
    warm = float(argv[2]) if len(argv) > 2 else 0.0
    measure = float(argv[3]) if len(argv) > 3 else 0.15
    wall, cpu = time.perf_counter, time.process_time
    w, c = wall(), cpu()
    check = run(scale)
    print("cold %.6f %.6f" % (wall() - w, cpu() - c))
    if len(argv) > 4:
        print("first_result_after %.6f %.6f" % (time.time() - float(argv[4]), cpu()))
    print("check %s" % check)
    if warm > 0.0:
        end = cpu() + warm
        while cpu() < end:
            if run(scale) != check:
                print("check unstable")
        n = 0
        w, c = wall(), cpu()
        while True:
            run(scale)
            n += 1
            c1 = cpu() - c
            if c1 >= measure:
                break
        print("warm %.6f %.6f %d" % ((wall() - w) / n, c1 / n, n))


if __name__ == "__main__":
    main(sys.argv)
