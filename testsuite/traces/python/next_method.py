"""An iterator written in Python."""


class Count:
    def __init__(self, n):
        self.n, self.i = n, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


def f(n):
    s = 0
    for i in Count(n):  # jit: no-call; no-alloc; inlined Count.__next__
        s += i
    return s


print(f(3000))  # expect: 4501500
