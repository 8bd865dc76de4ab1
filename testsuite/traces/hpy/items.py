# extension: native
"""Items that a class gives in C, by index and by key."""
import native


def by_key(n):
    count, total = native.Count(), 0
    for i in range(n):  # jit: one-call HPy_mp_subscript; no-call; no-alloc
        total += count[i]
    return total


print(by_key(3000))  # expect: 4498500


def set_by_key(n):
    count = native.Count()
    for i in range(n):  # jit: one-call HPy_mp_ass_subscript; no-call; no-alloc
        count["key"] = i
    return count.n


print(set_by_key(3000))  # expect: 2999


def by_index(n):
    p, total = native.Point(0.5, 1.5), 0.0
    for i in range(n):  # jit: one-call HPy_sq_item; no-call; no-alloc
        total += p[i & 1]
    return total


print(by_index(3000))  # expect: 3000.0


def outside(n):
    p = native.Point(0.5, 1.5)
    for i in range(n):
        p[i // 2900]


try:
    outside(6000)
except IndexError as error:
    print(error)  # expect: 0 or 1


def from_the_end(n):
    p, total = native.Point(0.5, 1.5), 0.0
    for i in range(n):  # jit: calls HPy_sq_length HPy_sq_item; no-call; no-alloc
        total += p[-1]
    return total


print(from_the_end(3000))  # expect: 4500.0
