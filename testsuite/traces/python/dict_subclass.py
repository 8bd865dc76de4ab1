"""Items of subclasses of dict that leave them to dict."""
from collections import Counter, defaultdict


class Table(dict):
    pass


def f(n):
    counts, table = defaultdict(int), Table(a=1)
    counts[0] = 0
    for i in range(n):  # jit: call<=6; no-alloc
        counts[0] += i
        if 'a' in table:
            counts[0] += table['a']
    return counts[0]


def g(n):
    counts, more = defaultdict(int), Counter()
    for i in range(n):
        counts[i % 10] += 1
        more[i % 7] += 1
    return counts[9], more[6]


print(f(3000))  # expect: 4501500
print(g(3000))  # expect: (300, 428)
