"""Storing and moving an entry of an ordered dict are one call of the runtime each."""
from collections import OrderedDict


def f(n):
    d = OrderedDict()
    for i in range(n):  # jit: call<=2; no-alloc
        d[i & 63] = i
        d.move_to_end(i & 63)
    return len(d), next(iter(d)), d.popitem()


print(f(1000))  # expect: (64, 40, (39, 999))
