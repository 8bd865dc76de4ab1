"""isinstance and len."""


def f(n):
    s, v = 0, [1, 2]
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=24
        if isinstance(i, int):
            s += len(v)
    return s


print(f(3000))  # expect: 6000
