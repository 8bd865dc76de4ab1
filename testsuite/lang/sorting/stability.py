"""Sorting is stable, also in reverse."""
people = [("b", 2), ("a", 2), ("c", 1), ("d", 2), ("e", 1)]
print(sorted(people, key=lambda p: p[1]))  # expect: [('c', 1), ('e', 1), ('b', 2), ('a', 2), ('d', 2)]
print(sorted(people, key=lambda p: p[1], reverse=True))  # expect: [('b', 2), ('a', 2), ('d', 2), ('c', 1), ('e', 1)]
print(sorted(sorted(people), key=lambda p: -p[1]))  # expect: [('a', 2), ('b', 2), ('d', 2), ('c', 1), ('e', 1)]
calls = []
def key(x):
    calls.append(x)
    return x % 3
print(sorted([5, 3, 4, 1, 2], key=key), calls)  # expect: [3, 4, 1, 5, 2] [5, 3, 4, 1, 2]
l = [3, 1, 2]
print(l.sort(), l, l.sort(reverse=True), l)  # expect: None [3, 2, 1] None [3, 2, 1]
words = "the quick brown Fox jumps over The lazy dog".split()
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len))
# expect: ['Fox', 'The', 'brown', 'dog', 'jumps', 'lazy', 'over', 'quick', 'the'] ['brown', 'dog', 'Fox', 'jumps', 'lazy', 'over', 'quick', 'the', 'The'] ['the', 'Fox', 'The', 'dog', 'over', 'lazy', 'quick', 'brown', 'jumps']
print(sorted([True, 0, 2, False, 1]), sorted("hello"), sorted({"b": 1, "a": 2}), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([[2], [1, 5], []]))
# expect: [0, False, True, 1, 2] ['e', 'h', 'l', 'l', 'o'] ['a', 'b'] [(0, 'z'), (1, 'a'), (1, 'b')] [[], [1, 5], [2]]
import random
r = random.Random(1)
data = [(r.randrange(20), i) for i in range(500)]
result = sorted(data, key=lambda t: t[0])
print(all(a <= b for a, b in zip(result, result[1:])), result == sorted(data))  # expect: True True
print(sorted(data, key=lambda t: t[0], reverse=True) == sorted(data, key=lambda t: (-t[0], t[1])))  # expect: True
print(sorted([1, 2, 3], key=lambda x: 0, reverse=True), sorted(range(10), key=lambda x: (x % 2, -x)))
# expect: [1, 2, 3] [8, 6, 4, 2, 0, 9, 7, 5, 3, 1]
