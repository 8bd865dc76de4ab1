# extension: native
"""A function of one argument gets the value word; an immediate result is taken as it is."""
import native


def f(n):
    g, total = native.ident, 0
    for i in range(n):  # jit: one-call ident; no-call; no-alloc; native<=44
        total += g(i)
    return total


print(f(3000))  # expect: 4498500
