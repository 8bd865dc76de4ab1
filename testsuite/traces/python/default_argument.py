"""A default argument."""


def g(a, b=3):
    return a + b


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined g; native<=24
        s += g(i)
    return s


print(f(3000))  # expect: 4507500
