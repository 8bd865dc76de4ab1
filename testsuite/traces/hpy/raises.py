# extension: native
"""Exceptions of C functions, null without one, and a result with one."""
import native


def f(n, limit):
    g, total = native.add, 0
    for i in range(n):  # jit: one-call add; no-call
        total = g(total, i if i < limit else "x")
    return total


try:
    f(3000, 2500)
except TypeError as error:
    print(error)  # expect: 'str' object cannot be interpreted as an integer


def g(n, start):
    seen = start
    for i in range(start, n):  # jit: one-call silent; no-call
        seen = native.silent(i)
    return seen


for start in 0, 2001:
    try:
        g(3000, start)
    except SystemError as error:
        print(error, repr(error.__cause__))
# expect: a C function returned NULL without setting an exception None
# expect: a C function returned a result with an exception set ValueError('and yet a result')
