"""Objects without a length are true; lists and strs have one."""


class Node:
    def __init__(self, below):
        self.below = below


def f(n):
    node, items, s = None, [1], 0
    for i in range(100):
        node = Node(node)
    for i in range(n):
        at = node
        while at:  # jit: no-call; no-alloc
            if items and not '':
                s += 1
            at = at.below
    return s


print(f(100))  # expect: 10000
