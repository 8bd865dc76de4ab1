# extension: native
"""A class that leaves its construction to object."""
import native


def f(n):
    Count, count = native.Count, None
    for i in range(n):  # jit: call<=2
        count = Count()
        count.n += 1
    return count.n


print(f(3000))  # expect: 1

try:
    native.Count(1)
except TypeError as error:
    print(error)  # expect: Count() takes no arguments
