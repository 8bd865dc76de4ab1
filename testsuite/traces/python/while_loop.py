"""A loop that counts by itself."""


def f(n):
    s = i = 0
    while i < n:  # jit: no-call; no-alloc; no-box; native<=16
        s += i
        i += 1
    return s


print(f(3000))  # expect: 4498500
