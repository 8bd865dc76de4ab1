"""Nested loops with shared state, early exits and flags."""
def find_triple(n):
    for a in range(1, n):
        for b in range(a, n):
            c = n - a - b
            if c > b and a * a + b * b == c * c: return a, b, c
    return None
print(find_triple(1000), find_triple(12), find_triple(7))  # expect: (200, 375, 425) (3, 4, 5) None
grid = [[(r * 7 + c * 3) % 10 for c in range(8)] for r in range(6)]
best = None
for r, row in enumerate(grid):
    for c, v in enumerate(row):
        if v == 0: continue
        if best is None or v > best[0]: best = (v, r, c)
        if v == 9: break
    else: print("no nine in row", r)  # expect: no nine in row 5
print(best)  # expect: (9, 0, 3)
n = 0
for i in range(50):
    j = i
    while j:
        if j & 1:
            n += 1
            if n % 10 == 0: break
        j >>= 1
    else: n += 100
print(n)  # expect: 3923
hits = []
for i in range(3):
    for j in range(3):
        for k in range(3):
            if k == 2: break
            if j == 1: continue
            hits.append((i, j, k))
        if i == 1: break
print(hits)  # expect: [(0, 0, 0), (0, 0, 1), (0, 2, 0), (0, 2, 1), (1, 0, 0), (1, 0, 1), (2, 0, 0), (2, 0, 1), (2, 2, 0), (2, 2, 1)]
i = 0
while i < 10:
    i += 1
    for j in range(i):
        if j == 3: break
    else: continue
    if i > 6: break
print(i, j)  # expect: 7 3
total = 0
for i in range(200):
    for j in range(i):
        if (i + j) % 3 == 0: total += i
        elif (i * j) % 5 == 0: total -= j
        else: total ^= 1
print(total)  # expect: 570172
it = iter([1, 2, 3, 4, 5, 6])
for x in it:
    for y in it:
        if y % 3 == 0: break
    print(x, y)
# expect: 1 3
# expect: 4 6
