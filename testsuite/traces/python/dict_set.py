"""A key of a dict is written."""


def f(n):
    d = {'a': 1}
    for i in range(n):  # jit: call<=2; no-alloc
        d['a'] = d['a'] + i
    return d


print(f(3000))  # expect: {'a': 4498501}
