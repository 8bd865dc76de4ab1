"""A function of its own scope with a variable of the outer one."""


def f(n):
    k = 3

    def g(x):
        return x + k

    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; inlined g
        s += g(i)
    return s


print(f(3000))  # expect: 4507500
