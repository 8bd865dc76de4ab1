"""Closures made in loops see rebinding; cells are per iteration of the function only."""
def f():
    out = []
    for i in range(3):
        def g(): return i
        out.append(g)
    r = [g() for g in out]
    i = 10
    return r, [g() for g in out], all(g.__closure__[0] is out[0].__closure__[0] for g in out)
print(f())  # expect: ([2, 2, 2], [10, 10, 10], True)
def make(i): return lambda: i
print([g() for g in [make(i) for i in range(3)]])  # expect: [0, 1, 2]
def counter():
    n = 0
    def inc(): nonlocal n; n += 1; return n
    def dec(): nonlocal n; n -= 1; return n
    def get(): return n
    return inc, dec, get
a, b = counter(), counter()
a[0](); a[0](); b[1]()
print(a[2](), b[2]())  # expect: 2 -1
def deep(a):
    def l1(b):
        def l2(c):
            def l3(d):
                nonlocal a, b
                a += 1; b *= 2
                return a, b, c, d
            return l3
        return l2
    return l1
fn = deep(1)(2)(3)
print(fn(4), fn(5), fn.__code__.co_freevars)  # expect: (2, 4, 3, 4) (3, 8, 3, 5) ('a', 'b', 'c')
def delete():
    x = 1
    def use(): return x
    print(use())
    del x
    try: return use()
    except NameError as e: return str(e)
print(delete())
# expect: 1
# expect: cannot access free variable 'x' where it is not associated with a value in enclosing scope
def self_ref():
    def me(n): return n if n == 0 else me(n - 1)
    other = me
    me = lambda n: "rebound"
    return other(3)
print(self_ref())  # expect: rebound
def args_cell(a, *b, c=3, **d):
    def g():
        nonlocal a
        a = a + 1
        return a, b, c, d
    return g
print(args_cell(1, 2, k=4)())  # expect: (2, (2,), 3, {'k': 4})
def loop_vars():
    fs = []
    for a, (b, *c) in [(1, (2, 3)), (4, (5, 6, 7))]: fs.append(lambda: (a, b, c))
    with open("/dev/null") as h: fs.append(lambda: h.closed)
    try: 1 / 0
    except ZeroDivisionError as e: fs.append(lambda: str(e)); fs[-1]()
    return fs
fs = loop_vars()
print(fs[0](), fs[2]())  # expect: (4, 5, [6, 7]) True
try: fs[3]()
except NameError as e: print(e)  # expect: cannot access free variable 'e' where it is not associated with a value in enclosing scope
def gen():
    n = 0
    def bump(): nonlocal n; n += 5
    while n < 20:
        yield n, bump
print([(v, b())[0] for v, b in gen()])  # expect: [0, 5, 10, 15]
