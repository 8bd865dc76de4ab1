"""Class methods written in Rust, and keyword-only parameters with defaults, are called as they are."""


def f(n):
    t = 0
    for i in range(n):  # jit: call<=2; no-alloc
        t += int.from_bytes((i & 255).to_bytes(2, "big"), "big")
    return t


print(f(1000))  # expect: 124716
