"""all, any, enumerate, filter, map, range, reversed, sorted, zip, iter, next."""
log = []
def gen():
    for i in (1, 0, 2):
        log.append(i)
        yield i
print(all(gen()), log)  # expect: False [1, 0]
log.clear()
print(any(x == 0 for x in gen()), log)  # expect: True [1, 0]
log.clear()
z = zip(gen(), "ab")
print(list(z), log)  # expect: [(1, 'a'), (0, 'b')] [1, 0, 2]
log.clear()
m = map(lambda a, b: (a, b), "ab", gen())
print(next(m), log)  # expect: ('a', 1) [1]
f = filter(lambda x: x > 0, gen())
log.clear()
print(next(f), next(f), log)  # expect: 1 2 [1, 0, 2]
print(list(map(None or str, [1])), list(filter(str.isdigit, "a1b2")), list(map(max, [1, 5], [3, 2], [2, 9])))  # expect: ['1'] ['1', '2'] [3, 9]
print(list(enumerate([], 5)), list(enumerate("a", -1)), list(enumerate("ab", start=10 ** 20))[1][0])  # expect: [] [(-1, 'a')] 100000000000000000001
r = range(1, 10, 3)
print(list(r), r[1], len(r), r.index(7), 4 in r, r == range(1, 11, 3), hash(r) == hash(range(1, 11, 3)), r.start, r.stop, r.step, range(5, 0), range(0) == range(2, 1), list(range(3, -3, -2)))
# expect: [1, 4, 7] 4 3 2 True False False 1 10 3 range(5, 0) True [3, 1, -1]
for source in "next(iter([]))", "next(5)", "iter(5)", "enumerate()", "enumerate(5)", "filter(None)", "list(map(5, [1]))", "list(zip([1], [2, 3], strict=True))", "reversed(5)", "reversed({1})", "range(1.0)", "range(1, 2, 3, 4)", "all(5)", "list(filter(5, [1]))", "range(10 ** 30)[10 ** 31]", "len(range(10 ** 30))":
    try:
        print(eval(source))
    except Exception as error:
        print(f"{type(error).__name__}: {error}.")
# expect: StopIteration: .
# expect: TypeError: 'int' object is not an iterator.
# expect: TypeError: 'int' object is not iterable.
# expect: TypeError: enumerate() missing required argument 'iterable'.
# expect: TypeError: 'int' object is not iterable.
# expect: TypeError: filter expected 2 arguments, got 1.
# expect: TypeError: 'int' object is not callable.
# expect: ValueError: zip() argument 2 is longer than argument 1.
# expect: TypeError: 'int' object is not reversible.
# expect: TypeError: 'set' object is not reversible.
# expect: TypeError: 'float' object cannot be interpreted as an integer.
# expect: TypeError: range expected at most 3 arguments, got 4.
# expect: TypeError: 'int' object is not iterable.
# expect: TypeError: 'int' object is not callable.
# expect: IndexError: range object index out of range.
# expect: OverflowError: Python int too large to convert to C ssize_t.
print(next(iter([]), "d"), next(iter([5]), "d"), range(10 ** 30)[10 ** 29], (10 ** 29) in range(10 ** 30))
# expect: d 5 100000000000000000000000000000 True
