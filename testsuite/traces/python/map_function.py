"""map of a Python function over a list and a range."""


def f(n):
    s, v = 0, [3] * n
    for x in map(lambda a, b: a * b, v, range(n)):  # jit: no-call; no-alloc; no-box; inlined f.<locals>.<lambda>
        s += x
    return s


print(f(3000))  # expect: 13495500
