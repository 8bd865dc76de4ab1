"""Class methods, static methods of objects, methods through a class, functions in attributes."""


class A:
    scale = 2

    def __init__(self, f):
        self.f = f
        self.zero = 0

    @classmethod
    def scaled(cls, k):
        return cls.scale * k

    @staticmethod
    def plus(a, b):
        return a + b

    def same(self, k):
        return k + self.zero


def f(n):
    a, s = A(lambda k: k - 1), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined A.scaled; inlined A.plus; inlined A.same
        s += A.scaled(i) + a.scaled(1) + a.plus(1, i) + A.same(a, i) + a.f(i)
    return s


print(f(3000))  # expect: 22498500
