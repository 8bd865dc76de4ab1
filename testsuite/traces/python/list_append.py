"""A list grows."""


def f(n):
    v = []
    for i in range(n):  # jit: compiled; call<=1
        v.append(i)
    return len(v), v[-1]


print(f(3000))  # expect: (3000, 2999)
