"""An attribute is read and written."""


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
    a = A()
    for i in range(n):  # jit: no-call; no-alloc
        a.x = a.x + i
    return a.x


print(f(3000))  # expect: 4498500
