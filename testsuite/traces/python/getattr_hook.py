"""Attributes and methods that are found, of a class with a `__getattr__` for those that are not."""


class Point:
    def __init__(self, x):
        self.x = x

    def __getattr__(self, name):
        return len(name)

    def moved(self, by):
        return self.x + by


def f(n):
    point, s = Point(2), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined Point.moved
        s += point.x + point.moved(i)
    return s


print(f(3000))  # expect: 4510500
