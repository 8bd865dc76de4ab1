"""The code, the defaults and the closure of functions that hot loops call are replaced."""


def one(a, b=1):
    return a + b


def two(a, b=1):
    return a * 2 + b


def calls(n, change):
    s = 0
    for i in range(n):
        if i == n // 2:
            change()
        s += one(i)
    return s


def swap():
    one.__code__, two.__code__ = two.__code__, one.__code__


def set_defaults():
    one.__defaults__ = (10,)


print(calls(400, swap))  # expect: 140100
print(calls(400, swap))  # expect: 100100
print(calls(400, set_defaults))  # expect: 82000


class A:
    def m(self, k):
        return k

    def __add__(self, k):
        return k

    def __iter__(self):
        yield 1

    @staticmethod
    def s(k):
        return k

    @classmethod
    def c(cls, k):
        return k


def methods(n, change):
    a, s = A(), 0
    for i in range(n):
        if i == n // 2:
            change()
        s += a.m(1) + (a + 1) + a.s(1) + A.s(1) + A.c(1) + a.c(1) + sum(a)
    return s


def change_codes():
    A.m.__code__ = (lambda self, k: k + 1).__code__
    A.__add__.__code__ = (lambda self, k: k + 1).__code__


def change_attributes():
    A.s = staticmethod(lambda k: 3)
    A.c = classmethod(lambda cls, k: 4)


def iterates():
    def generator(self):
        yield 1
        yield 2
    A.__iter__ = generator


print(methods(400, lambda: None))  # expect: 2800
print(methods(400, change_codes))  # expect: 3200
print(methods(400, change_attributes))  # expect: 5600
print(methods(400, iterates))  # expect: 8000


def closures(n):
    def make(k):
        def inner(a, b=k):
            return a + k + b
        return inner
    s = 0
    for i in range(n):
        s += make(i)(1)
    return s


print(closures(400))  # expect: 160000
