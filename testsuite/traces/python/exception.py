"""An exception that is raised and caught in the loop."""


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc
        try:
            if i & 1:
                raise ValueError
            s += 1
        except ValueError:
            s += 2
    return s


print(f(3000))  # expect: 4500
