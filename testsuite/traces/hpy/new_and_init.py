# extension: native
"""A class with HPy_tp_new and HPy_tp_init."""
import native


def f(n):
    Both, total = native.Both, 0
    for i in range(n):  # jit: calls Both Both.__init__; no-call; no-alloc
        total += Both(i).n
    return total


print(f(3000))  # expect: 4501500


def only_init(n):
    Init, total = native.Init, 0
    for i in range(n):  # jit: one-call Init.__init__; no-call; alloc<=1
        total += Init(i).n
    return total


print(only_init(3000))  # expect: 4498500


def g(n):
    for i in range(n):
        native.Both(i if i < 2500 else None)


try:
    g(3000)
except TypeError as error:
    print(error)  # expect: 'NoneType' object cannot be interpreted as an integer


class Loud(native.Both):
    def __init__(self, by):
        super().__init__(by * 2)


def h(n):
    total = 0
    for i in range(n):
        total += Loud(i).n
    return total


print(h(3000))  # expect: 9000000
