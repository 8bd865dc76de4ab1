"""Dicts and sets that a loop makes and fills are calls that run no Python."""


def f(n):
    s = 0
    for i in range(n):  # jit: compiled; call<=9
        d = {'a': i, 'b': 2}
        d['a'] += 1
        d.setdefault('c', 3)
        s += d['a'] + d.get('b', 0) + len(d)
    return s


def g(n):
    seen = set()
    for i in range(n):  # jit: call<=1; no-alloc
        seen.add(i & 7)
    return len(seen)


print(f(3000))  # expect: 4516500
print(g(3000))  # expect: 8
