"""Characters of a str in turn, their codes, and choices among them."""


def f(text):
    s = 0
    for c in text:  # jit: no-call; no-alloc
        if 'a' <= c <= 'z':
            s += ord(chr((ord(c) - 97 + 3) % 26 + 97))
        elif c in ('(', ')'):
            s += 1
        elif c != ' ':
            s += 2
    return s


print(f('hello haft (1) ' * 300))  # expect: 294600
