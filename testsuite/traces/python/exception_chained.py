"""One exception is raised from another, and one again: no object is made."""


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc
        try:
            try:
                raise KeyError(i)
            except KeyError as first:
                raise ValueError(i) from first
        except ValueError as second:
            s += second.args[0]
        try:
            try:
                raise ValueError
            finally:
                s += 1
        except ValueError:
            s += 1
    return s


print(f(3000))  # expect: 4504500
