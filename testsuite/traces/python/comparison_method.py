"""Comparisons and membership written in Python."""


class Card:
    def __init__(self, rank):
        self.rank = rank

    def __lt__(self, other):
        return self.rank < other.rank

    def __eq__(self, other):
        return isinstance(other, Card) and self.rank == other.rank

    def __contains__(self, rank):
        return self.rank == rank


def f(n):
    a, b, s = Card(1), Card(2), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined Card.__lt__; inlined Card.__eq__; inlined Card.__contains__
        if a < b:
            s += 1
        less = b < a
        if a == b or less:
            s += 100
        if 2 in b and 3 not in b:
            s += 1
    return s


print(f(3000))  # expect: 6000
