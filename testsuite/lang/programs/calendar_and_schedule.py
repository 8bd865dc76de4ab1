"""Weekday arithmetic without modules; interval scheduling."""
def leap(y): return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
def days_in(y, m): return 29 if m == 2 and leap(y) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]
def weekday(y, m, d):
    y, m = (y - 1, m + 12) if m < 3 else (y, m)
    return (d + 13 * (m + 1) // 5 + y + y // 4 - y // 100 + y // 400 + 5) % 7
def month(y, m):
    yield f"{y}-{m:02}".center(20).rstrip()
    row = ["  "] * weekday(y, m, 1)
    for d in range(1, days_in(y, m) + 1):
        row.append(f"{d:2}")
        if len(row) == 7: yield " ".join(row); row = []
    if row: yield " ".join(row)
for line in month(2024, 2): print(line)
# expect:       2024-02
# expect:           1  2  3  4
# expect:  5  6  7  8  9 10 11
# expect: 12 13 14 15 16 17 18
# expect: 19 20 21 22 23 24 25
# expect: 26 27 28 29
print(sum(weekday(y, m, 13) == 4 for y in range(1901, 2001) for m in range(1, 13)), sum(weekday(y, m, 1) == 6 for y in range(1901, 2001) for m in range(1, 13)), [y for y in range(1990, 2030) if leap(y)])
# expect: 171 171 [1992, 1996, 2000, 2004, 2008, 2012, 2016, 2020, 2024, 2028]
def easter(y):
    a, b, c = y % 19, y // 100, y % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    n, p = divmod(h + l - 7 * m + 114, 31)
    return n, p + 1
print([easter(y) for y in (2000, 2024, 2025, 2038)])  # expect: [(4, 23), (3, 31), (4, 20), (4, 25)]
meetings = [(9, 10, "a"), (9.5, 11, "b"), (10, 11.5, "c"), (13, 14, "d"), (11.5, 13.25, "e")]
def best(ms):
    out, end = [], 0
    for s, e, n in sorted(ms, key=lambda m: m[1]):
        if s >= end: out.append(n); end = e
    return out
def rooms(ms):
    need = peak = 0
    for _, delta in sorted([(s, 1) for s, *_ in ms] + [(e, -1) for _, e, _ in ms]): need += delta; peak = max(peak, need)
    return peak
def merge(iv):
    out = []
    for s, e in sorted(iv):
        if out and s <= out[-1][1]: out[-1][1] = max(out[-1][1], e)
        else: out.append([s, e])
    return out
print(best(meetings), rooms(meetings), merge([(1, 3), (8, 10), (2, 6), (15, 18), (17, 20)]), merge([]))
# expect: ['a', 'c', 'e'] 2 [[1, 6], [8, 10], [15, 20]] []
