# extension: native
"""A typed signature with the struct of `self`: numbers in registers, nothing boxed."""
import native


def f(n):
    p, total = native.Point(1.0, 2.0), 0.0
    for i in range(n):  # jit: one-call Point_dot; no-call; no-alloc
        total += p.dot(0.5, 1.5)
    return total


print(f(3000))  # expect: 10500.0


class Sub(native.Point):
    pass


def either(n):
    points, total = [native.Point(1.0, 2.0), Sub(2.0, 4.0)], 0.0
    for i in range(n):
        total += points[i & 1].dot(1.0, 1.0)
    return total


print(either(3000))  # expect: 13500.0

try:
    native.Point.dot(3, 1.0, 1.0)
except TypeError as error:
    print(error)  # expect: descriptor 'dot' for 'native.Point' objects doesn't apply to a 'int' object
