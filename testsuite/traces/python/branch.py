"""A branch that always goes one way."""


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=16
        if i >= 0:
            s += 1
        else:
            s -= 1
    return s


print(f(3000))  # expect: 3000
