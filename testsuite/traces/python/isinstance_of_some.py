"""`isinstance` with several classes."""


def f(n):
    values, s = [1, 'a', 2.5, None], 0
    for i in range(n):  # jit: no-call; no-alloc
        if isinstance(i, (str, int)):
            s += 1
        if not isinstance(i, (str, float)):
            s += 1
    for i in range(n):
        s += isinstance(values[i & 3], (int, float))
    return s


print(f(3000))  # expect: 7500
