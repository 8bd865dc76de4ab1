# min-python: 3.14
"""map strict, functools.Placeholder, heapq max-heaps, from_number."""
import functools
import heapq
from fractions import Fraction

print(list(map(lambda a, b: a + b, [1, 2], [3, 4], strict=True)))  # expect: [4, 6]
try:
    list(map(lambda a, b: a + b, [1, 2], [3], strict=True))
except ValueError as error:
    print(error)  # expect: map() argument 2 is shorter than argument 1
print(float.from_number(3), float.from_number(2.5))  # expect: 3.0 2.5
print(complex.from_number(3), complex.from_number(1j))  # expect: (3+0j) 1j
print(Fraction.from_number(0.5))  # expect: 1/2
p = functools.partial(pow, functools.Placeholder, 2)
print(p(5), p(7))  # expect: 25 49
h = [1, 5, 3]
heapq.heapify_max(h)
heapq.heappush_max(h, 9)
print(heapq.heappop_max(h), heapq.heappop_max(h))  # expect: 9 5
try:
    float.from_number("1")
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
print(bytes.fromhex(b"6869"))  # expect: b'hi'
import operator

print(operator.is_none(None), operator.is_not_none(None))  # expect: True False
