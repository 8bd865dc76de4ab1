"""Generator expressions."""
print(sum(x * x for x in range(10)), list(x for x in "ab" if x != "a"), max((len(w) for w in ["a", "bcd"]), default=0))  # expect: 285 ['b'] 3
g = (x for x in [1, 2, 3])
print(next(g), list(g), list(g), type(g).__name__, g.__name__)  # expect: 1 [2, 3] [] generator <genexpr>
data = [1, 2, 3]
g = (x for x in data)
data.append(4)
print(list(g))  # expect: [1, 2, 3, 4]
data = [1]
g = (x for x in data)
data = [9, 9]
print(list(g))  # expect: [1]
n = 1
g = (x * n for x in [1, 2])
n = 10
print(list(g))  # expect: [10, 20]
print(dict((k, v) for k, v in [("a", 1)]), set(i % 2 for i in range(9)), "".join(str(i) for i in range(4)))  # expect: {'a': 1} {0, 1} 0123
nested = ((i, j) for i in range(3) for j in range(i))
print(list(nested))  # expect: [(1, 0), (2, 0), (2, 1)]
evens = (i for i in range(10) if i % 2 == 0)
squares = (e * e for e in evens)
limited = (s for s in squares if s > 3)
print(next(limited), list(limited))  # expect: 4 [16, 36, 64]
def primes():
    def sieve(numbers):
        p = next(numbers)
        yield p
        yield from sieve(n for n in numbers if n % p)
    from itertools import count
    return sieve(count(2))
p = primes()
print([next(p) for _ in range(12)])  # expect: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
print(any(x > 2 for x in [1, 2, 3, 4]), all(x for x in []))  # expect: True True
