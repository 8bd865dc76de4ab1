"""`not x` and `bool(x)` where the class says what is true in a way that takes a call."""
from collections import deque


def f(n):
    queue, s = deque(), 0
    for i in range(n):  # jit: compiled
        if i % 3 == 0:
            queue.append(i)
        empty = not queue
        s += empty
        if not empty:
            s += queue.popleft() & 1
    return s


print(f(3000))  # expect: 2500


class Flag:
    def __init__(self):
        self.asked = 0

    def __bool__(self):
        self.asked += 1
        return self.asked % 5 == 0


def g(n):
    flag, s = Flag(), 0
    for i in range(n):  # jit: compiled
        first = not flag
        s += first
    return s, flag.asked


print(g(3000))  # expect: (2400, 3000)


class Odd:
    def __len__(self):
        return -1


def wrong(values):
    seen = []
    for value in values:
        seen = not value
    return seen


try:
    wrong([deque()] * 3000 + [Odd()])
except ValueError as error:
    print(error)  # expect: __len__() should return >= 0
print(wrong([deque()] * 3000 + [deque([1])]), wrong([deque()] * 3000 + [0, [], "x", None]))  # expect: False True
