"""Items of a list."""


def f(n):
    v, s = list(range(64)), 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=27
        s += v[i & 63]
    return s


print(f(3000))  # expect: 94276
