# Conversions that the headers do themselves in Haft, beside the context's functions: both ways give the same.
import gc
import weakref

import words

print(words.integers())  # expect: (640, 0)
print(words.doubles())  # expect: (16384, 0)

VALUES = [0, 1, -1, True, None, (1 << 31) - 1, 1 << 31, -(1 << 31), -(1 << 31) - 1, (1 << 32) - 1, 1 << 32, (1 << 61) - 1, 1 << 61,
          -(1 << 61), -(1 << 61) - 1, (1 << 63) - 1, 1 << 63, -(1 << 63), (1 << 64) - 1, 1 << 64, 2.5, 1e300, "7", [], [1]]
for name in ("as_int32", "as_uint32", "as_int64", "as_uint64", "as_size", "as_ssize", "long_as_double", "as_double", "truth"):
    pairs = [getattr(words, name)(value) for value in VALUES]
    differ = [value for value, (here, there) in zip(VALUES, pairs) if (type(here), here) != (type(there), there)]
    print(name, differ, sum(here == "OverflowError" for here, _ in pairs), sum(here == "TypeError" for here, _ in pairs))
# expect: as_int32 [] 13 6
# expect: as_uint32 [] 13 6
# expect: as_int64 [] 3 6
# expect: as_uint64 [] 7 6
# expect: as_size [] 7 6
# expect: as_ssize [] 3 6
# expect: long_as_double [] 0 6
# expect: as_double [] 0 4
# expect: truth [] 0 0


class Thing:
    pass


things = [Thing(), [], (1,), 5, 2.5, None, "text"]
watch = weakref.ref(things[0])
print(words.handles(*things))  # expect: None
for i in range(50):
    words.handles(*things)
del things
gc.collect()
print(watch())  # expect: None


class Items(list):
    def __len__(self):
        return 2

    def __getitem__(self, index):
        if -2 <= index < 2:
            return index + 100
        raise IndexError(index)


for n in (1, 2, 3, 40, 5000):
    items, same = words.built(n, "a", 2.5, items if n > 1 else None)
    print(type(items).__name__, type(same).__name__, len(items), items == list(same), items[-1][0] is not None, items[3 * n - 2])
# expect: list tuple 3 True False (2.5, None)
# expect: list tuple 6 True True (2.5, None)
# expect: list tuple 9 True True (2.5, None)
# expect: list tuple 120 True True (2.5, None)
# expect: list tuple 15000 True True (2.5, None)
grown = []
for i in range(100):
    grown.append([i])
print([words.looked(x) for x in ([], (), [1], [[], "a", 2**70], (1.5, None, ()), grown, tuple(grown), Items("abc"), range(5), "text", 5, None)])
# expect: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'TypeError', 'TypeError']
