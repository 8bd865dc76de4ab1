"""A generator is made in the loop; that runs no Python."""


class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __iter__(self):
        yield self.a
        yield self.b


def f(n):
    p, s = Pair(1, 2), 0
    for i in range(n):  # jit: inlined Pair.__iter__; call<=1
        items = iter(p)
        s += next(items) + next(items)
    return s


print(f(3000))  # expect: 9000
