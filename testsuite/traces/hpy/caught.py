# extension: native
"""An exception of a C function that a loop catches each time: part of the trace, as the call is."""
import native


def f(n):
    add, seen = native.add, 0
    for i in range(n):
        try:
            add(i, "x")
        except TypeError:
            seen += 1
    return seen


print(f(3000))  # expect: 3000


def either(n):
    add, seen = native.add, 0
    for i in range(n):  # jit: compiled
        try:
            seen += add(i, "x" if i % 3 else 1)
        except TypeError:
            seen -= 1
    return seen


print(either(3000))  # expect: 1497500
