# extension: native
"""A function without arguments: its C function is called, and nothing else."""
import native


def f(n):
    g = native.noargs
    for i in range(n):  # jit: one-call noargs; no-call; no-alloc; native<=30
        g()
    return g()


print(f(3000))  # expect: None
