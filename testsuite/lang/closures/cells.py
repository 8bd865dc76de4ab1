"""Closures share variables, not values."""
def make():
    x = 0
    def get(): return x
    def put(v):
        nonlocal x
        x = v
    return get, put
g1, p1 = make()
g2, p2 = make()
p1(5)
print(g1(), g2())  # expect: 5 0
def late():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    return [f() for f in fs]
print(late())  # expect: [2, 2, 2]
def param(a):
    def f(): return a
    a = a + 1
    return f
print(param(1)())  # expect: 2
def chain():
    def a():
        def b():
            def c():
                return v
            return c
        return b
    v = "deep"
    return a()()()
print(chain())  # expect: deep
def rec():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    return fact
print(rec()(10))  # expect: 3628800
def args(*a, **k):
    return lambda: (a, k)
print(args(1, x=2)())  # expect: ((1,), {'x': 2})
adders = [(lambda n: lambda x: x + n)(n) for n in range(3)]
print([f(10) for f in adders])  # expect: [10, 11, 12]
def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return run
print(compose(str, lambda x: x * 2, abs)(-4))  # expect: 8
def unbound():
    def f(): return cell
    try:
        f.__closure__[0].cell_contents
    except ValueError as error:
        print(error)
    cell = 1
    return f.__closure__[0].cell_contents
print(unbound())
# expect: Cell is empty
# expect: 1
