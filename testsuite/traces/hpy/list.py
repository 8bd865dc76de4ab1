# extension: native
"""A list that C builds."""
import native


def f(n):
    total = 0
    for i in range(n):  # jit: one-call ten; no-call
        total += len(native.ten())
    return total


print(f(3000), native.ten())  # expect: 30000 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
