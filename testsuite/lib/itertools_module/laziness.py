"""Iterators consume their input step by step."""
from itertools import *
log = []
def src(n):
    for i in range(n):
        log.append(i)
        yield i
def run(it, n):
    log.clear()
    out = [x for _, x in zip(range(n), it)]
    print(out, log)
run(map(str, src(5)), 2)  # expect: ['0', '1'] [0, 1]
run(islice(src(5), 1, 4, 2), 2)  # expect: [1, 3] [0, 1, 2, 3]
run(takewhile(lambda x: x < 2, src(5)), 9)  # expect: [0, 1] [0, 1, 2]
run(dropwhile(lambda x: x < 2, src(5)), 1)  # expect: [2] [0, 1, 2]
run(chain(src(2), src(3)), 3)  # expect: [0, 1, 0] [0, 1, 0]
run(accumulate(src(5)), 2)  # expect: [0, 1] [0, 1]
run(pairwise(src(5)), 1)  # expect: [(0, 1)] [0, 1]
run(batched(src(5), 2), 1)  # expect: [(0, 1)] [0, 1]
run(zip_longest(src(2), "abc"), 3)  # expect: [(0, 'a'), (1, 'b'), (None, 'c')] [0, 1]
run(filterfalse(lambda x: x % 2, src(5)), 2)  # expect: [0, 2] [0, 1, 2]
run(starmap(lambda a, b: a + b, zip(src(3), src(3))), 1)  # expect: [0] [0, 0]
run(product(src(2), src(2)), 1)  # expect: [(0, 0)] []
run(cycle(src(2)), 5)  # expect: [0, 1, 0, 1, 0] [0, 1]
run(compress(src(5), [0, 1, 1]), 1)  # expect: [1] [0, 1]
g = groupby(src(6), lambda x: x // 2)
log.clear()
k, first = next(g)
print(k, log, next(first), log)  # expect: 0 [0] 0 [0]
k2, second = next(g)
print(k2, list(first), list(second), log)  # expect: 1 [] [2, 3] [0, 1, 2, 3, 4]
a, b = tee(src(4))
log.clear()
print(next(a), next(a), log, next(b), log)  # expect: 0 1 [0, 1] 0 [0, 1]
it = islice(src(10), 3)
print(list(it), next(src(1)), list(islice(it, 5)))  # expect: [0, 1, 2] 0 []
p = permutations(src(3))
print(next(p), next(p), len(list(p)))  # expect: (0, 1, 2) (0, 2, 1) 4
