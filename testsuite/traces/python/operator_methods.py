"""Operators that are Python methods are part of the trace, and the objects that they make between are not made."""


class Vec:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return Vec(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)

    def __rmul__(self, k):
        return Vec(k * self.x, k * self.y)

    def __getitem__(self, at):
        return self.y if at else self.x


def move(n):
    p = Vec(0.0, 0.0)
    v = Vec(1.0, 0.5)
    for i in range(n):  # jit: inlined __add__; inlined __mul__; no-alloc; no-call
        p = p + v * 0.25 + 2.0 * v
        v *= 0.5
    return p.x, p[1]


class Odd:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return NotImplemented if self.n % 3 == 0 else self.n

    def __radd__(self, other):
        return NotImplemented if self.n % 5 == 0 else -self.n


def declines(n):
    good = bad = 0
    odd = Odd(1)
    for i in range(n):
        odd.n = i
        try:
            good += odd + 1
        except TypeError as error:
            bad += str(error) == "unsupported operand type(s) for +: 'Odd' and 'int'"
        try:
            odd += 1
        except TypeError as error:
            bad += str(error) == "unsupported operand type(s) for +=: 'Odd' and 'int'"
            odd = Odd(0)
        else:
            odd = Odd(1)
        try:
            good += 2 + odd
        except TypeError:
            bad += 1
    return good, bad


print(move(2000))  # expect: (4.5, 2.25)
print(declines(600))  # expect: (119600, 600)
