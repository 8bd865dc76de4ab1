"""Operators written in Python."""


class Vec:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __isub__(self, other):
        self.x -= other.x
        return self


def f(n):
    p, v = Vec(0.0, 1.0), Vec(0.5, 0.25)
    for i in range(n):  # jit: no-call; alloc<=1; inlined Vec.__add__; inlined Vec.__mul__; inlined Vec.__isub__; inlined Vec.__init__
        p = p + 2.0 * v * 0.5
        p -= v
    return p.x, p.y


print(f(3000))  # expect: (0.0, 751.0)
