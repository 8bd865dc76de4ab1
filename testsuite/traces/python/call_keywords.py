"""A function that passes on what it was called with, keywords included, becomes part of the loop."""


def add(a, b=1, *, c=0):
    return a + b + c


def pass_on(*args, **keywords):
    return add(*args, **keywords)


def f(n):
    s = 0
    for i in range(n):  # jit: inlined add; inlined pass_on
        s += pass_on(i) + pass_on(i, b=2) + pass_on(i, c=i)
    return s


print(f(3000))  # expect: 18006000
