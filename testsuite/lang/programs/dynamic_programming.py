"""Edit distance, knapsack, longest subsequences, memoised recursion."""
from functools import cache
def edit(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            prev, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, prev + (x != y))
    return row[-1]
def lcs(a, b):
    t = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            t[i + 1][j + 1] = t[i][j] + x if x == y else max(t[i + 1][j], t[i][j + 1], key=len)
    return t[-1][-1]
def knapsack(items, cap):
    best = {0: (0, ())}
    for name, w, v in items:
        for used, (val, names) in sorted(best.items(), reverse=True):
            if used + w <= cap and val + v > best.get(used + w, (-1,))[0]: best[used + w] = (val + v, (*names, name))
    return max(best.values())
@cache
def grid(r, c): return 1 if r == 0 or c == 0 else grid(r - 1, c) + grid(r, c - 1)
def lis(a):
    best = []
    for x in a: best.append(max((b for b in best if b[-1] < x), key=len, default=[]) + [x])
    return max(best, key=len)
def max_subarray(a):
    best = cur = (a[0], 0, 1)
    for i, x in enumerate(a[1:], 1):
        cur = (cur[0] + x, cur[1], i + 1) if cur[0] > 0 else (x, i, i + 1)
        best = max(best, cur, key=lambda t: t[0])
    return best
def matrix_chain(d):
    @cache
    def f(i, j): return 0 if i == j else min(f(i, k) + f(k + 1, j) + d[i] * d[k + 1] * d[j + 1] for k in range(i, j))
    return f(0, len(d) - 2)
def word_break(s, words):
    @cache
    def f(i): return [()] if i == len(s) else [(w, *rest) for w in words if s.startswith(w, i) for rest in f(i + len(w))]
    return [" ".join(t) for t in f(0)]
print(edit("kitten", "sitting"), edit("", "abc"), edit("same", "same"), lcs("AGGTAB", "GXTXAYB"), lcs("abc", "xyz") == "")  # expect: 3 3 0 GTAB True
print(knapsack([("map", 9, 150), ("compass", 13, 35), ("water", 153, 200), ("sandwich", 50, 160), ("glucose", 15, 60)], 100))
# expect: (405, ('map', 'compass', 'sandwich', 'glucose'))
print(grid(16, 16), lis([10, 9, 2, 5, 3, 7, 101, 18]), max_subarray([-2, 1, -3, 4, -1, 2, 1, -5, 4]), matrix_chain((10, 30, 5, 60)), word_break("pineapplepenapple", ("apple", "pen", "applepen", "pine", "pineapple")))
# expect: 601080390 [2, 5, 7, 101] (6, 3, 7) 4500 ['pine apple pen apple', 'pine applepen apple', 'pineapple pen apple']
