# Hot functions that call themselves and each other: compiled code calls compiled code.
import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


print(fib(20))  # expect: 6765


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


for _ in range(500):
    depth(20)
sys.setrecursionlimit(20000)
print(depth(15000))  # expect: 15000
sys.setrecursionlimit(1000)
try:
    depth(5000)
except RecursionError as error:
    print(error)  # expect: maximum recursion depth exceeded


class Tree:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def total(self):
        t = 1
        if self.left is not None:
            t += self.left.total() + self.right.total()
        return t


def build(levels):
    return Tree(None, None) if levels == 0 else Tree(build(levels - 1), build(levels - 1))


print(build(11).total())  # expect: 4095

cleaned = 0


def thrower(n):
    global cleaned
    if n == 0:
        raise ValueError("deep")
    try:
        return thrower(n - 1)
    finally:
        cleaned += 1


def entries(traceback):
    n = 0
    while traceback:
        n += 1
        traceback = traceback.tb_next
    return n


for _ in range(600):
    try:
        thrower(5)
    except ValueError as error:
        n = entries(error.__traceback__)
print(cleaned, n)  # expect: 3000 7


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


print(ackermann(2, 30))  # expect: 63


def with_default(x, y=3, *rest):
    return x + y


print(sum(with_default(i) for i in range(1000)))  # expect: 502500


def callers():
    names = []
    frame = sys._getframe(1)
    while frame:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


def nest(n):
    return callers() if n == 0 else nest(n - 1)


for _ in range(400):
    names = nest(4)
print(names)  # expect: ['nest', 'nest', 'nest', 'nest', 'nest', '<module>']


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


print([is_even(i) for i in range(300)].count(True))  # expect: 150


def counter():
    count = 0

    def step(by):
        nonlocal count
        count += by
        return count

    return step


step = counter()
for i in range(1000):
    step(i)
print(step(0))  # expect: 499500
