"""The ASCII characters of a str with other ones are taken without a call."""


def f(text):
    s = 0
    for c in text:  # jit: no-call; no-alloc
        if c == 'a':
            s += 1
        elif 'b' <= c <= 'z':
            s += 2
    return s


def g(text):
    seen = {}
    for c in text:
        seen[c] = seen.get(c, 0) + 1
    return sorted(seen.items())


print(f('banana split ' * 30 + '\u00e9\U0001f600x' + 'ab' * 200))  # expect: 1172
print(g('a\u00e9\U0001f600\ud800' * 100 + 'ab' * 100))  # expect: [('a', 200), ('b', 100), ('é', 100), ('\ud800', 100), ('😀', 100)]
