"""Iterators of itertools."""
from itertools import *
print(list(islice(count(5), 3)), list(islice(count(1, 0.5), 3)), list(islice(cycle("ab"), 5)), list(repeat("x", 2)), list(accumulate([1, 2, 3])), list(accumulate([3, 1, 2], max)), list(accumulate([1, 2], initial=10)), list(chain("ab", [1])), list(chain.from_iterable(["ab", "c"])))
# expect: [5, 6, 7] [1, 1.5, 2.0] ['a', 'b', 'a', 'b', 'a'] ['x', 'x'] [1, 3, 6] [3, 3, 3] [10, 11, 13] ['a', 'b', 1] ['a', 'b', 'c']
print(list(compress("abcd", [1, 0, 1])), list(dropwhile(lambda x: x < 3, [1, 5, 2])), list(takewhile(lambda x: x < 3, [1, 5, 2])), list(filterfalse(None, [0, 1, ""])), list(islice("abcdef", 1, None, 2)), list(islice("abc", 2)), list(pairwise("abc")), list(starmap(pow, [(2, 3), (3, 2)])), list(zip_longest("ab", "c", fillvalue="-")), list(batched("abcde", 2)))
# expect: ['a', 'c'] [5, 2] [1] [0, ''] ['b', 'd', 'f'] ['a', 'b'] [('a', 'b'), ('b', 'c')] [8, 9] [('a', 'c'), ('b', '-')] [('a', 'b'), ('c', 'd'), ('e',)]
print([(k, list(g)) for k, g in groupby("aabbba")], [(k, sum(1 for _ in g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)])
# expect: [('a', ['a', 'a']), ('b', ['b', 'b', 'b']), ('a', ['a'])] [(1, 2), (0, 2), (1, 1)]
print(list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(permutations("abc", 2)), list(combinations("abc", 2)), list(combinations_with_replacement("ab", 2)), len(list(permutations(range(5)))), list(combinations("a", 2)))
# expect: [('a', 1), ('a', 2), ('b', 1), ('b', 2)] [(0, 0), (0, 1), (1, 0), (1, 1)] [()] [('a', 'b'), ('a', 'c'), ('b', 'a'), ('b', 'c'), ('c', 'a'), ('c', 'b')] [('a', 'b'), ('a', 'c'), ('b', 'c')] [('a', 'a'), ('a', 'b'), ('b', 'b')] 120 []
a, b = tee([1, 2, 3])
print(next(a), list(b), list(a), [list(t) for t in tee("ab", 3)], tee([], 0))  # expect: 1 [1, 2, 3] [2, 3] [['a', 'b'], ['a', 'b'], ['a', 'b']] ()
g = groupby("aab")
k, first = next(g)
next(g)
print(k, list(first))  # expect: a []
for call in lambda: list(islice([1], -1)), lambda: count("a"), lambda: list(batched("a", 0)), lambda: list(combinations("a", -1)), lambda: repeat(), lambda: list(islice([1], "a")), lambda: chain(5).__next__(), lambda: list(starmap(pow, [5])), lambda: list(batched("abc", 2, strict=True)), lambda: list(accumulate([1, "a"])), lambda: cycle(5), lambda: tee([], -1), lambda: list(islice([1], 0, 5, 0)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: TypeError a number is required
# expect: ValueError n must be at least one
# expect: ValueError r must be non-negative
# expect: TypeError repeat() missing required argument 'object' (pos 1)
# expect: ValueError Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: TypeError 'int' object is not iterable
# expect: TypeError 'int' object is not iterable
# expect: ValueError batched(): incomplete batch
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: TypeError 'int' object is not iterable
# expect: ValueError n must be >= 0
# expect: ValueError Step for islice() must be a positive integer or None.
print(repr(count(3)), repr(repeat(1, 2)), repeat(5, 3).__length_hint__(), next(cycle([7])), sum(islice(count(), 101)), list(cycle([])))
# expect: count(3) repeat(1, 2) 3 7 5050 []
