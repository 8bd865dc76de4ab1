"""Arguments from a tuple."""


def g(*args):
    return args[0] + len(args)


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined g
        s += g(i, 1, 2)
    return s


print(f(3000))  # expect: 4507500
