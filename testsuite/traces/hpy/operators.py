# extension: native
"""Operators that a class defines in C."""
import native


def f(n):
    p, q = native.Point(0.0, 0.0), native.Point(0.5, 1.0)
    for i in range(n):  # jit: one-call HPy_nb_add; no-call; no-alloc; native<=60
        p = p + q
    return p.x, p.y


print(f(3000))  # expect: (1500.0, 3000.0)


def in_place(n):
    count = native.Count()
    for i in range(n):  # jit: one-call HPy_nb_inplace_add; no-call; no-alloc
        count += i
    p, q = native.Point(0.0, 0.0), native.Point(0.5, 1.0)
    for i in range(n):  # jit: one-call HPy_nb_add; no-call; no-alloc
        p += q
    return count.n, p.x


print(in_place(3000))  # expect: (4498500, 1500.0)


def number_first(n):
    count, total = native.Count(), 0
    count.n = 2
    for i in range(n):  # jit: calls HPy_nb_multiply HPy_nb_multiply; no-call; no-alloc
        total += i * count - count * 3
    return total


print(number_first(3000))  # expect: 8979000


def negative(n):
    p, total = native.Point(1.5, 0.0), 0.0
    for i in range(n):  # jit: one-call HPy_nb_negative; no-call
        total += -p
    return total


print(negative(3000))  # expect: -4500.0


def declined(values):
    p = native.Point(0.5, 1.0)
    for value in values:
        p + value


try:
    declined([native.Point(1.0, 1.0)] * 3000 + [3])
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +: 'native.Point' and 'int'
try:
    declined([3] * 3000)
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +: 'native.Point' and 'int'


class Right(native.Point):
    def __radd__(self, other):
        return "right"


def overridden(n):
    p, q, seen = native.Point(0.5, 1.0), Right(1.0, 1.0), None
    for i in range(n):
        seen = p + q
    return seen


print(overridden(3000))  # expect: right
