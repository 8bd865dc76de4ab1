"""Pairs as keys of dicts and members of sets: a call each, which runs no Python, and no trip through the interpreter."""
import haft.jit


def walk(n):
    seen, counts, t = set(), {}, 0
    for i in range(n):  # jit: call<=4
        key = (i % 13, i % 7)
        if key not in seen:
            seen.add(key)
        counts[key] = counts.get(key, 0) + 1
    return len(seen), len(counts), sum(counts.values())


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n

    def __eq__(self, other):
        return self.n == other.n


def own(n):
    counts = {}
    for i in range(n):
        key = (Key(i % 5), i % 2)
        if key not in counts:
            counts[key] = 0
        counts[key] += 1
    return len(counts), sum(counts.values())


def mixed(n):
    keys = [(1, 2), (1.0, 2), (True, 2.0), ("a", (1, None)), ("a", (1.0, None)), (2 ** 80, b"x")]
    counts = dict.fromkeys(keys, 0)
    for i in range(n):
        counts[keys[i % 6]] += i
    return len(counts), sum(counts.values())


def unhashable(n):
    keys, t = [(1, 2)] * n + [(1, [2])], 0
    try:
        for key in keys:
            t += key in {(1, 2): 3}
    except TypeError:
        return t


for again in range(6):
    result = walk(3000)
print(result)  # expect: (91, 91, 3000)
before = haft.jit.stats()
walk(3000)
print(haft.jit.stats()["exits_taken"] - before["exits_taken"] < 200)  # expect: True
print(own(2000))  # expect: (10, 2000)
print(mixed(3000))  # expect: (3, 4498500)
print(unhashable(2000))  # expect: 2000
