"""A key of a dict."""


def f(n):
    d = {'a': 1, 'b': 2}
    s = 0
    for i in range(n):  # jit: call<=1; no-alloc
        s += d['a']
    return s


print(f(3000))  # expect: 3000
