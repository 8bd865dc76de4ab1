"""What a character is, and whether it is one of some, are bits of a table."""


def f(text):
    i, n = 0, 0
    while i < len(text):  # jit: no-call; no-alloc; no-box; native<=32
        if text[i].isalnum() and text[i] not in "!?":
            n += 1
        i += 1
    return n


print(f("abc0" * 500))  # expect: 2000
