"""Loop variables of comprehensions stay inside."""
i = "outside"
print([i for i in range(3)], i)  # expect: [0, 1, 2] outside
print({i: i for i in "ab"}, {i for i in [1]}, list(i for i in "x"), i)  # expect: {'a': 'a', 'b': 'b'} {1} ['x'] outside
fs = [lambda: i for i in range(3)]
print([f() for f in fs], i)  # expect: [2, 2, 2] outside
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])  # expect: [0, 1, 2]
def f():
    x = 1
    result = [x + y for y in range(3) if y != x]
    g = (x for _ in range(2))
    x = 100
    return result, list(g)
print(f())  # expect: ([1, 3], [100, 100])
print([[i * j for j in range(i)] for i in range(4)])  # expect: [[], [0], [0, 2], [0, 3, 6]]
print([(i, j) for i in range(3) for j in range(i) if (i + j) % 2])  # expect: [(1, 0), (2, 1)]
first = iter([1, 2])
gen = (v for v in next(iter([first])))
print(list(gen))  # expect: [1, 2]
try:
    gen = (v for v in 5)
except TypeError as error:
    print(error)  # expect: 'int' object is not iterable
gen = (1 / d for d in [1, 0])
print(next(gen))  # expect: 1.0
class C:
    n = 3
    squares = [k * k for k in range(n)]
    try:
        bad = [n for _ in range(2)]
    except NameError as error:
        print(error)
# expect: name 'n' is not defined
print(C.squares)  # expect: [0, 1, 4]
print("done")  # expect: done
