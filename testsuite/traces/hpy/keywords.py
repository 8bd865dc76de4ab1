# extension: native
"""A function that takes keyword arguments, called without any."""
import native


def f(n):
    g, total = native.sub, 0
    for i in range(n):  # jit: one-call sub; no-call; no-alloc; native<=40
        total = g(total, i)
    return total


print(f(3000))  # expect: -4498500
