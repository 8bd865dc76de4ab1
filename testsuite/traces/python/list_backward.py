"""A list walked backward is one over memory."""


def f(v):
    t = 0
    for x in reversed(v):  # jit: no-call; no-alloc; no-box; native<=24
        t += x
    return t


print(f(list(range(3000))))  # expect: 4498500
