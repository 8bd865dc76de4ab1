# extension: native
"""A class with HPy_tp_new: the C function is called with the class."""
import native


def f(n):
    Point, p = native.Point, None
    for i in range(n):  # jit: one-call Point; no-call
        p = Point(1.5, 2.5)
    return p.x + p.y


print(f(3000))  # expect: 4.0


class Sub(native.Point):
    pass


def g(n):
    p = None
    for i in range(n):  # jit: one-call Sub; no-call
        p = Sub(1.5, 2.5)
    return type(p).__name__, p.x + p.y


print(g(3000))  # expect: ('Sub', 4.0)
