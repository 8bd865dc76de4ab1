"""Attributes of a named tuple are items."""
from collections import namedtuple

Point = namedtuple('Point', 'x y')


def f(n):
    p, s = Point(1, 2), 0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        s += p.x + p.y
    return s


print(f(3000))  # expect: 9000
