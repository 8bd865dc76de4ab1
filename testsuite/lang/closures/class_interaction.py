"""Closures around classes, methods and comprehensions."""
def build(tag):
    class Thing:
        label = tag.upper()
        def show(self):
            return tag, self.label, __class__.__name__
        @staticmethod
        def s(): return tag
        def lazily(self): return [tag + str(i) for i in range(2)]
    return Thing
A, B = build("a"), build("b")
print(A().show(), B().show(), A is B, A.s(), B().lazily())  # expect: ('a', 'A', 'Thing') ('b', 'B', 'Thing') False a ['b0', 'b1']
print(A.show.__closure__ is not None, A.show.__code__.co_freevars)  # expect: True ('__class__', 'tag')
def accumulate():
    total = 0
    class Acc:
        def add(self, n):
            nonlocal total
            total += n
            return self
    return Acc(), lambda: total
acc, total = accumulate()
acc.add(1).add(2)
print(total())  # expect: 3
def gens():
    n = 0
    def g():
        nonlocal n
        while n < 3:
            n += 1
            yield n
    return list(g()), n
print(gens())  # expect: ([1, 2, 3], 3)
def decorator_with_state():
    calls = []
    def deco(f):
        def wrapper(*a):
            calls.append(f.__name__)
            return f(*a)
        return wrapper
    return deco, calls
deco, calls = decorator_with_state()
@deco
def one(): return 1
@deco
def two(x): return x
print(one(), two(2), one(), calls)  # expect: 1 2 1 ['one', 'two', 'one']
