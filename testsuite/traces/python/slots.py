"""Attributes in slots."""


class P:
    __slots__ = 'x', 'y'

    def __init__(self, x, y):
        self.x = x
        self.y = y


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined P.__init__
        p = P(i, 1)
        s += p.x + p.y
    return s


print(f(3000))  # expect: 4501500
