"""A closure that is made in the loop is called as part of it."""


def f(n):
    s = 0
    for i in range(n):  # jit: inlined f.<locals>.add; call<=1
        def add(k):
            return k + i
        s += add(1)
    return s


print(f(3000))  # expect: 4501500
