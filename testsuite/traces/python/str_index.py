"""Characters of a str."""


def f(n):
    t, s = 'hello haft', 0
    for i in range(n):  # jit: call<=1; no-alloc
        if t[i % 10] == 'h':
            s += 1
    return s


print(f(3000))  # expect: 600
