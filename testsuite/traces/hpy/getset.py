# extension: native
"""A getter is a call of C; a setter goes through one function of the runtime."""
import native


def f(n):
    p = native.Point(0.5, 1.0)
    for i in range(n):  # jit: one-call x; call<=1; no-alloc
        p.x = p.x + 1.0
    return p.x


print(f(3000))  # expect: 3000.5


def g(values):
    p = native.Point(0.5, 1.0)
    for value in values:  # jit: call<=1
        p.x = value
    return p.x


try:
    g([1.0] * 3000 + ["x"])
except TypeError as error:
    print(error)  # expect: must be real number, not str
