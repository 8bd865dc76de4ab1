"""A partial function: its arguments and keywords are those of a call."""
from functools import partial


def add(a, b, c=1):
    return a + b + c


def f(n):
    plus, s = partial(add, 1, c=3), 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined add
        s += plus(i) + plus(i, c=i)
    return s


print(f(3000))  # expect: 13510500
