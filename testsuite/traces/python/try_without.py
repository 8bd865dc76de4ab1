"""A try that nothing happens in costs nothing."""


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=16
        try:
            s += i
        except ValueError:
            s = 0
    return s


print(f(3000))  # expect: 4498500
