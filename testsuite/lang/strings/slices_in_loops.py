"""Slices of strings in a hot loop: ASCII and not, views, bounds of every kind."""


def f(text, n):
    t = 0
    for i in range(n):
        a, b = i % 23 - 11, i * 5 % 29 - 14
        s = text[a:b]
        t = t * 31 + len(s) * 3 + (ord(s[0]) if s else 0) + len(text[b:]) + len(text[:a]) & 0xFFFFFF
    return t


print(f("hello world", 400), f("hällo wörld", 400), f("", 200), f("x", 200), f(("ab" * 500)[3:900], 400))  # expect: 12103592 7959384 0 12053170 3270568


def whole(n):
    s = "abc"
    return all(s[:] is s and s[0:9] is s for _ in range(n)), s[-9:1], s[2:1] == ""


print(whole(200))  # expect: (True, 'a', True)
