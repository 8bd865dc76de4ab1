# extension: native
"""A class that leaves its construction to object: the loop makes its instances, or does without them."""
import native


def f(n):
    Count, count = native.Count, None
    for i in range(n):  # jit: no-call; no-alloc
        count = Count()
        count.n += 1
    return count.n


print(f(3000))  # expect: 1


def kept(n):
    Count, counts = native.Count, [None] * 8
    for i in range(n):  # jit: no-call; alloc<=1
        count = Count()
        count.n = i
        counts[i & 7] = count
    return [count.n for count in counts]


print(kept(3000))  # expect: [2992, 2993, 2994, 2995, 2996, 2997, 2998, 2999]

try:
    native.Count(1)
except TypeError as error:
    print(error)  # expect: Count() takes no arguments
