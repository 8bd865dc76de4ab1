"""Sorting algorithms compared with sorted()."""
import random
def bubble(a):
    a = a[:]
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]: a[j], a[j + 1] = a[j + 1], a[j]
    return a
def insertion(a):
    out = []
    for x in a:
        i = len(out)
        while i and out[i - 1] > x: i -= 1
        out.insert(i, x)
    return out
def quick(a): return a if len(a) < 2 else quick([x for x in a[1:] if x < a[0]]) + [a[0]] + quick([x for x in a[1:] if x >= a[0]])
def merge(a):
    if len(a) < 2: return a
    l, r = merge(a[:len(a) // 2]), merge(a[len(a) // 2:])
    out, i, j = [], 0, 0
    while i < len(l) and j < len(r):
        if r[j] < l[i]: out.append(r[j]); j += 1
        else: out.append(l[i]); i += 1
    return out + l[i:] + r[j:]
def heap(a):
    a, n = a[:], len(a)
    def sift(i, n):
        while (c := 2 * i + 1) < n:
            if c + 1 < n and a[c + 1] > a[c]: c += 1
            if a[i] >= a[c]: return
            a[i], a[c] = a[c], a[i]
            i = c
    for i in range(n // 2 - 1, -1, -1): sift(i, n)
    for e in range(n - 1, 0, -1):
        a[0], a[e] = a[e], a[0]
        sift(0, e)
    return a
def radix(a):
    for shift in range(0, max(a, default=0).bit_length(), 4):
        buckets = [[] for _ in range(16)]
        for x in a: buckets[x >> shift & 15].append(x)
        a = [x for b in buckets for x in b]
    return a
def shell(a):
    a, gap = a[:], len(a) // 2
    while gap:
        for i in range(gap, len(a)):
            x, j = a[i], i
            while j >= gap and a[j - gap] > x: a[j] = a[j - gap]; j -= gap
            a[j] = x
        gap //= 2
    return a
r = random.Random(8)
data = [r.randrange(1000) for _ in range(120)]
for f in bubble, insertion, quick, merge, heap, radix, shell:
    print(f.__name__, f(data) == sorted(data), f([]), f([2, 1]), f([5, 5, 5]), f(list(range(10, 0, -1)))[:3])
# expect: bubble True [] [1, 2] [5, 5, 5] [1, 2, 3]
# expect: insertion True [] [1, 2] [5, 5, 5] [1, 2, 3]
# expect: quick True [] [1, 2] [5, 5, 5] [1, 2, 3]
# expect: merge True [] [1, 2] [5, 5, 5] [1, 2, 3]
# expect: heap True [] [1, 2] [5, 5, 5] [1, 2, 3]
# expect: radix True [] [1, 2] [5, 5, 5] [1, 2, 3]
# expect: shell True [] [1, 2] [5, 5, 5] [1, 2, 3]
print(merge([(1, "b"), (0, "z"), (1, "a")]), quick(list("hello")), insertion([2.5, 1, True]))
# expect: [(0, 'z'), (1, 'a'), (1, 'b')] ['e', 'h', 'l', 'l', 'o'] [1, True, 2.5]
