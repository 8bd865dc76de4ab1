"""A tuple that is taken apart with a starred target is not made, nor is the list when nobody keeps it."""


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc
        first, *rest = i, 1, 2
        s += first + len(rest)
    return s


print(f(3000))  # expect: 4504500
