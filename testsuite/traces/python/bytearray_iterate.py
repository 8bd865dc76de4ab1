"""A loop over a bytearray is one over memory."""


def f(data):
    s = 0
    for b in data:  # jit: no-call; no-alloc; no-box; native<=16
        s = s ^ b
    return s


print(f(bytearray(range(251)) * 10))  # expect: 0
