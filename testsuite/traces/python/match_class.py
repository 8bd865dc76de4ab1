"""Class patterns: the attributes are loads, the tuple of them is not made."""


class Leaf:
    __match_args__ = ("value",)

    def __init__(self, value):
        self.value = value


class Pair:
    __match_args__ = ("left", "right")

    def __init__(self, left, right):
        self.left, self.right = left, right


def f(nodes, n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc
        match nodes[i & 1]:
            case Leaf(value):
                s += value
            case Pair(left, right=other):
                s += left - other
    return s


print(f([Leaf(1), Pair(5, 3)], 3000))  # expect: 4500
