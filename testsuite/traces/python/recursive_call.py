"""A function that calls itself: what does not fit into the loop is one call of its compiled code, whatever frames it has pushed."""


def down(x):
    if x > 0:
        return down(x - 1)
    return 1


def f(n):
    s = 0
    for _ in range(n):  # jit: call<=1; inlined down
        s += down(9)
    return s


print(f(3000))  # expect: 3000
