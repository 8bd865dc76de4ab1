# extension: native
"""Comparisons, truth, length and membership that a class defines in C: one call of the runtime that calls C, each."""
import native


def f(n):
    p, q, total = native.Point(1.5, 0.0), native.Point(2.5, 0.0), 0
    for i in range(n):  # jit: call<=6; no-alloc
        if p < q:
            total += 1
        if p:
            total += len(p)
        total += (1.5 in p) + (p == q) + (q >= p)
    return total


print(f(3000))  # expect: 15000
