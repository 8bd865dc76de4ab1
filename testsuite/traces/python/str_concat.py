"""A str grows."""


def f(n):
    t = ''
    for i in range(n):  # jit: call<=1
        t += 'x'
    return len(t)


print(f(3000))  # expect: 3000
