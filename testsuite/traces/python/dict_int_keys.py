"""Keys that are ints."""


def f(n):
    d = dict.fromkeys(range(8), 0)
    for i in range(n):  # jit: call<=2; no-alloc
        d[i & 7] += 1
    return d


print(f(3000))  # expect: {0: 375, 1: 375, 2: 375, 3: 375, 4: 375, 5: 375, 6: 375, 7: 375}
