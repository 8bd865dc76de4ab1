"""Programs made of itertools."""
from itertools import *
import operator
def take(n, it): return list(islice(it, n))
def flatten(ll): return chain.from_iterable(ll)
def powerset(s): return chain.from_iterable(combinations(s, r) for r in range(len(s) + 1))
def roundrobin(*its):
    its = [iter(i) for i in its]
    while its:
        for it in its[:]:
            try: yield next(it)
            except StopIteration: its.remove(it)
def sieve(n):
    data = bytearray([1]) * n
    data[:2] = b"\0\0"
    for p in range(int(n ** 0.5) + 1):
        if data[p]: data[p * p::p] = bytes(len(range(p * p, n, p)))
    return compress(range(n), data)
print(take(3, count(10)), list(flatten([[1], [2, 3]])), list(powerset([1, 2, 3])), "".join(roundrobin("ABC", "D", "EF")), list(sieve(50)))
# expect: [10, 11, 12] [1, 2, 3] [(), (1,), (2,), (3,), (1, 2), (1, 3), (2, 3), (1, 2, 3)] ADEBFC [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
print(list(accumulate(range(1, 8), operator.mul)), list(map(operator.sub, [5, 6], [1, 2])), list(zip(*[iter("abcdef")] * 2)), sum(starmap(operator.mul, zip([1, 2, 3], [4, 5, 6]))))
# expect: [1, 2, 6, 24, 120, 720, 5040] [4, 4] [('a', 'b'), ('c', 'd'), ('e', 'f')] 32
print([("".join(g), k) for k, g in groupby("aaabbc1122", str.isdigit)], max((len(list(g)), k) for k, g in groupby("aabbbbcc")), [k for k, _ in groupby(sorted("banana"))])
# expect: [('aaabbc', False), ('1122', True)] (4, 'b') ['a', 'b', 'n']
triples = [(a, b, c) for a, b, c in combinations(range(1, 30), 3) if a * a + b * b == c * c]
print(triples, len(list(product("01", repeat=8))), take(4, accumulate(repeat(2), operator.mul)))
# expect: [(3, 4, 5), (5, 12, 13), (6, 8, 10), (7, 24, 25), (8, 15, 17), (9, 12, 15), (10, 24, 26), (12, 16, 20), (15, 20, 25), (20, 21, 29)] 256 [2, 4, 8, 16]
def send_more():
    for d in islice(permutations(range(10), 5), 0, 4000):
        a, b, c, x, y = d
        if (10 * a + b) * c == 10 * x + y and a and x and c > 1: yield d
print(take(3, send_more()), next(dropwhile(lambda n: n * n < 200, count())), list(takewhile(lambda f: f < 60, (a for a, _ in accumulate(repeat((0, 1)), lambda s, _: (s[1], s[0] + s[1]))))))
# expect: [(1, 2, 5, 6, 0), (1, 2, 7, 8, 4), (1, 2, 8, 9, 6)] 15 [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55]
it = iter(range(10))
print([list(islice(it, n)) for n in (3, 3, 3, 3)], dict(zip_longest("abc", [1], fillvalue=0)), list(chain(*[[i] * i for i in range(4)])))
# expect: [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]] {'a': 1, 'b': 0, 'c': 0} [1, 2, 2, 3, 3, 3]
