"""A collection while a generator runs does not see temporaries that are read no more; suspended, the generator is still sound."""
import gc

def inner(p):
    for c in range(2):
        yield p

def outer(collects):
    for c in range(3):
        if collects:
            gc.collect()
        for x in inner([c]):
            if collects:
                gc.collect()
            yield x

kept = []
for n in range(40):
    generator = outer(n % 2 == 0)
    kept.append((generator, next(generator), next(generator)))
    [[k] for k in range(50)]
    gc.collect()
print(sum(first is second for _, first, second in kept), [len(list(generator)) for generator, *_ in kept[:3]])  # expect: 40 [4, 4, 4]

def solve(n, placed):
    if placed == n:
        yield [placed]
        return
    for c in range(2):
        gc.collect()
        yield from solve(n, placed + 1)

print([sum(1 for _ in solve(n, 0)) for n in range(1, 5)])  # expect: [2, 4, 8, 16]
