"""Arguments are passed by sharing; *args and **kwargs are fresh."""
def f(l, d, n):
    l.append(1); d["k"] = 1; n += 1
    l = [9]
    return n
l, d, n = [], {}, 0
print(f(l, d, n), l, d, n)  # expect: 1 [1] {'k': 1} 0
def g(*args, **kw):
    kw["new"] = 1
    return args, kw
src = {"a": 1}
seq = [1, 2]
r = g(*seq, **src)
seq.append(3)
print(r, src, g(**src)[1] is src)  # expect: ((1, 2), {'a': 1, 'new': 1}) {'a': 1} False
def h(*args): return args
t = (1, 2)
print(h(*t) == t, h(*h(*t)))  # expect: True (1, 2)
def swap(a, b): a[:], b[:] = b[:], a[:]
x, y = [1, 2], [3]
swap(x, y)
print(x, y)  # expect: [3] [1, 2]
def memo(n, cache={0: 0, 1: 1}):
    if n not in cache: cache[n] = memo(n - 1) + memo(n - 2)
    return cache[n]
print(memo(50), len(memo.__defaults__[0]))  # expect: 12586269025 51
def outer(v):
    def change(): nonlocal v; v = v + ["x"]
    change()
    return v
z = ["z"]
print(outer(z), z)  # expect: ['z', 'x'] ['z']
def del_arg(a):
    del a
    try: return a
    except UnboundLocalError as error: return str(error)
print(del_arg(1))  # expect: cannot access local variable 'a' where it is not associated with a value
def rebind(a, b=None):
    b = b or a
    a = 5
    return a, b
print(rebind(1), rebind(1, 2))  # expect: (5, 1) (5, 2)
