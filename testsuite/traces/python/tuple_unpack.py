"""A tuple that is taken apart at once is not made."""


def f(n):
    a, b = 0, 1
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=26
        a, b = b, a + i
    return a, b


print(f(3000))  # expect: (2248500, 2250001)
