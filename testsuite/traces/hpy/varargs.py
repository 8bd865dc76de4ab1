# extension: native
"""Two arguments as an array: the registers that they are in."""
import native


def f(n):
    g, total = native.add, 0
    for i in range(n):  # jit: one-call add; no-call; no-alloc; native<=39
        total = g(total, i)
    return total


print(f(3000))  # expect: 4498500
