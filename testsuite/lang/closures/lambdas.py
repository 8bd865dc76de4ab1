"""Lambda expressions in all parameter forms."""
print((lambda: 1)(), (lambda x: x)(2), (lambda x, y=5: x + y)(1), (lambda *a: a)(1, 2), (lambda **k: k)(a=1))  # expect: 1 2 6 (1, 2) {'a': 1}
print((lambda x, /, y, *, z: (x, y, z))(1, y=2, z=3), (lambda *a, k=1, **kw: (a, k, kw))(0, k=2, j=3))  # expect: (1, 2, 3) ((0,), 2, {'j': 3})
print(sorted(["bb", "a", "ccc"], key=lambda s: -len(s)), list(filter(lambda n: n % 2, range(6))))  # expect: ['ccc', 'bb', 'a'] [1, 3, 5]
f = lambda x: (yield x)
print(list(f(3)))  # expect: [3]
print((lambda x: x if x else None)(0), (lambda: (1, 2))(), (lambda: ...)())  # expect: None (1, 2) Ellipsis
fact = lambda n: 1 if n == 0 else n * fact(n - 1)
print(fact(6), (lambda f: f(f, 5))(lambda f, n: 1 if n == 0 else n * f(f, n - 1)))  # expect: 720 120
print([*map(lambda a, b: a * b, [1, 2], [3, 4])], (lambda x: lambda y: x - y)(10)(3))  # expect: [3, 8] 7
d = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b}
print(d["add"](2, 3), d["sub"](2, 3))  # expect: 5 -1
print((lambda x=(lambda: 7)(): x)(), (lambda: [i for i in range(3)])(), (lambda a: [a for _ in range(2)])("z"))  # expect: 7 [0, 1, 2] ['z', 'z']
Y = lambda f: (lambda x: x(x))(lambda y: f(lambda v: y(y)(v)))
print(Y(lambda self: lambda n: n < 2 and n or self(n - 1) + self(n - 2))(15))  # expect: -521
try:
    (lambda x: x)()
except TypeError as error:
    print(error)  # expect: <lambda>() missing 1 required positional argument: 'x'
