"""enumerate."""


def f(n):
    s, v = 0, [2] * n
    for i, x in enumerate(v):  # jit: no-call; no-alloc
        s += i * x
    return s


print(f(3000))  # expect: 8997000
