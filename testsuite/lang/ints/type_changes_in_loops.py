"""Variables which change between int, float, bool and big int."""
x = 0
seen = []
for i in range(12):
    if i == 3: x += 0.5
    elif i == 6: x = int(x) + True
    elif i == 9: x = x * 2 ** 62
    else: x += 1
    seen.append((type(x).__name__, x))
print(seen)
# expect: [('int', 1), ('int', 2), ('int', 3), ('float', 3.5), ('float', 4.5), ('float', 5.5), ('int', 6), ('int', 7), ('int', 8), ('int', 36893488147419103232), ('int', 36893488147419103233), ('int', 36893488147419103234)]
total = 0
for v in [1, 2.5, True, 10 ** 20, -10 ** 20, 3]: total += v
print(total, type(total).__name__)  # expect: 3.0 float
def add(a, b): return a + b
for args in [(1, 2)] * 200 + [(1.5, 2), ("a", "b"), ([1], [2]), (2 ** 63, 1), (True, True), (1, 2j)]: r = add(*args)
print(r, add(1, 2), add("x", "y"), add(2 ** 62, 2 ** 62), add(0.1, 0.2))  # expect: (1+2j) 3 xy 9223372036854775808 0.30000000000000004
def poly(x):
    acc = 0
    for c in (1, -2, 3): acc = acc * x + c
    return acc
print([poly(i) for i in range(3)], poly(1.5), poly(10 ** 10), poly(1j), poly(True))  # expect: [3, 2, 3] 2.25 99999999980000000003 (2-2j) 2
y = 1
for i in range(1100): y = y * 2 if y < 10 ** 300 else float(y) if isinstance(y, int) else y / 3
print(type(y).__name__, y)  # expect: float 5.080602520922655e+299
c = 0
for i in range(300): c = c + 1 if i % 2 else c + 1.0
print(c, type(c).__name__)  # expect: 300.0 float
l = []
for i in range(10): l.append(i if i < 5 else i / 2 if i < 8 else str(i))
print(l, sum(v for v in l if not isinstance(v, str)))  # expect: [0, 1, 2, 3, 4, 2.5, 3.0, 3.5, '8', '9'] 19.0
d = {}
for k in (1, 1.0, True, "1", 1 + 0j, 2): d[k] = type(k).__name__
print(d)  # expect: {1: 'complex', '1': 'str', 2: 'int'}
def half(n): return n // 2 if n % 2 == 0 else n / 2
print([half(n) for n in (4, 5, 2 ** 70, 7.0)])  # expect: [2, 2.5, 590295810358705651712, 3.5]
