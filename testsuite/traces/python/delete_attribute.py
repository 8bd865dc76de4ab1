"""An attribute that is deleted is part of the object's shape."""


class Thing:
    def __init__(self, a, b):
        self.a = a
        self.b = b


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        thing = Thing(i, 1)
        del thing.a
        s += thing.b
    return s


print(f(3000))  # expect: 3000
