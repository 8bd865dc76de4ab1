"""A million frames of Python code, and the limit that stands before them."""
# min-python: 3.11
# modes: no a million frames are too much to collect at every allocation
import sys
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
def depth():
    try:
        return 1 + depth()
    except RecursionError:
        return 1
print(900 < depth() < 1100)  # expect: True
try:
    down(100_000)
except RecursionError as error:
    print(str(error).startswith("maximum recursion depth exceeded"))  # expect: True
sys.setrecursionlimit(1_010_000)
print(down(1_000_000))  # expect: 1000000
class Chain:
    def __init__(self, next): self.next = next
    def length(self): return 1 + (self.next.length() if self.next else 0)
    @property
    def end(self): return self.next.end if self.next else self
chain = None
for _ in range(200_000):
    chain = Chain(chain)
print(chain.length())  # expect: 200000
def walk(n):
    if n:
        yield from walk(n - 1)
    yield n
sys.setrecursionlimit(3000)
print(sum(walk(1000)))  # expect: 500500
try:
    sys.setrecursionlimit(0)
except ValueError as error:
    print(error)  # expect: recursion limit must be greater or equal than 1
