# extension: native
"""Typed signatures with bool as parameter and result."""
import native


def f(n):
    total = 0
    for i in range(n):  # jit: one-call choose; no-call; no-alloc
        total += native.choose(True, i, -i)
    return total


print(f(3000), native.choose(False, 1, 2))  # expect: 4498500 2


def g(n):
    less, count = native.less, 0
    for i in range(n):  # jit: one-call less; no-call; no-alloc
        if less(i * 0.5, 1000.25):
            count += 1
    return count


print(g(3000))  # expect: 2001
