"""A range whose step is another one each time: one loop for all, and neither the range nor its iterator outlives it."""


def mark(seg, steps):
    for p in steps:
        for k in range(p * 2, len(seg), p):  # jit: no-call; no-alloc; native<=20
            seg[k] = 1
    return seg


def down(n, step):
    total = 0
    for k in range(n, 0, -step):  # jit: no-call; no-alloc
        total += k
    return total


seg = mark(bytearray(4000), [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61])
print(seg.count(0))  # expect: 552
print(sum(down(1000, step) for step in range(1, 30)))  # expect: 1995363
print([list(range(*a)) for a in ((3,), (1, 4), (7, 1, -3), (1, 1))])  # expect: [[0, 1, 2], [1, 2, 3], [7, 4], []]
