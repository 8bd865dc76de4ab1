# extension: native
"""Calls of objects: of the function of their class, or of their own."""
import native


def f(n):
    count, total = native.Count(), 0
    for i in range(n):  # jit: one-call HPy_tp_call; no-call; no-alloc; native<=60
        total += count(i, 1)
    return total


print(f(3000))  # expect: 4501500


def own(callable, n):
    total = 0
    for i in range(n):  # jit: one-call HPy_tp_call; no-call; no-alloc
        total += callable(i)
    return total


print(own(native.Callable(1), 3000), own(native.Callable(), 3000))  # expect: 63000 33000


def either(n):
    both, total = (native.Callable(1), native.Callable()), 0
    for i in range(n):
        total += both[i & 1](i)
    return total


print(either(3000))  # expect: 48000


def wrong(n, limit):
    count = native.Count()
    for i in range(n):
        if i < limit:
            count(i, i)
        else:
            count(i)


try:
    wrong(3000, 2500)
except TypeError as error:
    print(error)  # expect: two arguments
