"""iter() with a sentinel, enumerate, zip, map, filter, reversed."""
values = iter([3, 1, 0, 7])
print(list(iter(lambda: next(values), 0)), list(values))  # expect: [3, 1] [7]
print(list(enumerate("ab", start=5)), list(zip("abc", [1, 2])), list(zip()), list(zip("a")), list(map(pow, [2, 3], [3, 2, 9])))
# expect: [(5, 'a'), (6, 'b')] [('a', 1), ('b', 2)] [] [('a',)] [8, 9]
print(list(filter(None, [0, 1, "", "a"])), list(reversed([1, 2, 3])), list(reversed(range(3))), list(reversed({"a": 1, "b": 2})))
# expect: [1, 'a'] [3, 2, 1] [2, 1, 0] ['b', 'a']
try:
    list(zip("ab", [1], strict=True))
except ValueError as error:
    print(error)  # expect: zip() argument 2 is shorter than argument 1
try:
    list(zip("a", [1, 2], strict=True))
except ValueError as error:
    print(error)  # expect: zip() argument 2 is longer than argument 1
z = zip(iter("abc"), iter([1]))
it = iter([1, 2, 3])
print(list(zip(it, it)), next(it, "used"))  # expect: [(1, 2)] used
m = map(str, [1, 2])
print(next(m), list(m), list(m))  # expect: 1 ['2'] []
l = [1, 2, 3]
i = iter(l)
next(i)
l.append(4)
print(list(i), i.__length_hint__())  # expect: [2, 3, 4] 0
l.append(5)
print(list(i))  # expect: []
e = enumerate("xy")
print(next(e), e.__next__(), next(e, None))  # expect: (0, 'x') (1, 'y') None
print(type(iter([])).__name__, type(iter({})).__name__, type(iter("")).__name__, type(iter(range(1))).__name__, type(iter(set())).__name__, type(reversed([])).__name__)
# expect: list_iterator dict_keyiterator str_ascii_iterator range_iterator set_iterator list_reverseiterator
try:
    iter(5, 5)
except TypeError as error:
    print(error)  # expect: iter(v, w): v must be callable
