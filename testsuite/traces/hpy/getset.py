# extension: native
"""A getter and a setter are calls of C."""
import native


def f(n):
    p = native.Point(0.5, 1.0)
    for i in range(n):  # jit: no-call; no-alloc
        p.x = p.x + 1.0
    return p.x


print(f(3000))  # expect: 3000.5


def g(values):
    p = native.Point(0.5, 1.0)
    for value in values:  # jit: no-call
        p.x = value
    return p.x


try:
    g([1.0] * 3000 + ["x"])
except TypeError as error:
    print(error)  # expect: must be real number, not str
