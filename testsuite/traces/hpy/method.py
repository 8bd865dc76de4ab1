# extension: native
"""A method is called with its receiver, which is of the same class each time."""
import native


def f(n):
    p, total = native.Point(1.5, 2.0), 0.0
    for i in range(n):  # jit: one-call len2; no-call; no-alloc
        total += p.len2()
    return total


print(f(3000))  # expect: 18750.0
