"""Slices that are only added to each other are not made: the sum is one call, its assignment another."""


def f(n):
    items = [1, 2, 3, 4, 5]
    for _ in range(n):  # jit: call<=2; no-box
        items[:4] = items[1:4] + items[:1]
    return items


print(f(3001))  # expect: [2, 3, 4, 1, 5]
