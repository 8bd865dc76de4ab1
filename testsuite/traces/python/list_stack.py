"""A list as a stack: nothing is called."""


def f(n):
    s = [0] * 8
    t = 0
    for i in range(n):  # jit: no-call; no-alloc
        t += s.pop()
        s.append(i)
    return t


print(f(3000))  # expect: 4495501
