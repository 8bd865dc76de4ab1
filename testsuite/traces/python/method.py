"""A method becomes part of the loop."""


class A:
    def __init__(self):
        self.x = 0

    def step(self, by):
        self.x += by
        return self.x

    @property
    def twice(self):
        return self.x * 2

    @staticmethod
    def plus(a, b=1):
        return a + b


def f(n):
    a, s = A(), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined A.step
        s += a.step(i & 1)
    return s


print(f(3000))  # expect: 2250000
