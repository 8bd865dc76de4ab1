"""A loop over bytes is one over memory."""


def f(data):
    s = 0
    for b in data:  # jit: no-call; no-alloc; no-box; native<=14
        s = s ^ b
    return s


print(f(bytes(range(250)) * 10))  # expect: 0
