# Generator expressions that use variables of the function around them, in hot loops.
def weight(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    n = len(v)
    return [sum(weight(i, j) * v[j] for j in range(n)) for i in range(n)]


v = [1.0] * 60
for _ in range(12):
    v = times(v)
    top = max(abs(x) for x in v)
    v = [x / top for x in v]
print("%.9f" % sum(v))  # expect: 2.147941338


def picked(rows, wanted, low):
    return [k for k in range(len(rows)) if any(x == wanted and x > low for x in rows[k])]


rows = [[i % 7, i % 11, i % 13] for i in range(500)]
print(len(picked(rows, 6, 2)), picked(rows, 6, 2)[-1])  # expect: 138 496


def two_loops(n, a, b):
    total = 0
    for i in range(n):
        for j in range(5):
            total += a * i + b * j
    return total + a + b


print(two_loops(300, 3, 2))  # expect: 678755
