"""A function whose `while` loop is left after a pass or two becomes part of the loop that calls it."""


class Node:
    def __init__(self, link, value):
        self.link, self.value = link, value


def append(first, node):
    node.link = None
    if first is None:
        return node
    last = first
    while last.link is not None:
        last = last.link
    last.link = node
    return first


def queues(n):
    a, b, t = Node(None, 1), Node(None, 2), 0
    for i in range(n):  # jit: inlined append; no-call; no-alloc
        a.link = None
        a = append(a, b)
        t += a.link.value
    return t


def longer(n):
    # Two passes at first, then ever more: it is a loop after all.
    t = 0
    for k in range(n):
        first = None
        for i in range(k % 40 if k > n // 2 else 2):
            first = append(first, Node(None, i))
        while first is not None:
            t += first.value
            first = first.link
    return t


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def divisors(n):
    t = 0
    for i in range(n):
        t += gcd(12, i % 13)
    return t


def first(n):
    i = 0
    while i * i < n:  # jit: no-call; no-alloc
        i += 1
    return i


def roots(n, most):
    t = 0
    for i in range(n):
        t += first(most)
    return t


def raising(n):
    def root(x):
        while x > 100:
            if x > 1000:
                raise ValueError(x)
            x //= 2
        return x
    t = 0
    for i in range(n):
        try:
            t += root(i % 200 if i % 50 else 2000)
        except ValueError as error:
            t += len(error.args)
    return t


print(queues(3000))  # expect: 6000
print(longer(1000))  # expect: 127611
print(divisors(3000))  # expect: 11997
print(roots(400, 3), roots(400, 100000))  # expect: 800 126800
print(raising(3000))  # expect: 183435
