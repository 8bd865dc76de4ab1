"""Arguments from a tuple, and a function that passes its own on."""


def add(a, b, c=3):
    return a + b + c


def pass_on(*args):
    return add(*args)


def f(n):
    pair, s = (1, 2), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined add; inlined pass_on
        s += add(*pair) + pass_on(i, 1)
    return s


print(f(3000))  # expect: 4528500
