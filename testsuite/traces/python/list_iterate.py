"""A list is iterated over."""


def f(n):
    v, s = [3] * n, 0
    for x in v:  # jit: no-call; no-alloc; no-box; native<=24
        s += x
    return s


print(f(3000))  # expect: 9000
