"""Subclasses of int keep behaviour and return plain ints."""
class Age(int):
    def __new__(cls, value, unit="y"):
        self = super().__new__(cls, value)
        self.unit = unit
        return self
    def __repr__(self):
        return f"Age({int(self)}{self.unit})"
    def __add__(self, other):
        return Age(int(self) + other, self.unit)
a = Age(3)
print(a, a.unit, a == 3, hash(a) == hash(3), isinstance(a, int))  # expect: Age(3y) y True True True
print(a + 1, 1 + a, a - 1, type(a - 1).__name__, a * 2)  # expect: Age(4y) 4 2 int 6
print(f"{a:d}", f"{a}", "%d" % a, str(a), "%s" % a)  # expect: 3 Age(3y) 3 Age(3y) Age(3y)
print([10, 20, 30, 40][a], {3: "three"}[a], list(range(a)))  # expect: 40 three [0, 1, 2]
print(int(a), type(int(a)).__name__, type(+a).__name__, type(abs(a)).__name__)  # expect: 3 int int int
print(Age(2) < Age(3), max(Age(2), Age(9)), sorted([Age(3), 1, Age(2)]))  # expect: True Age(9y) [1, Age(2y), Age(3y)]
class Flag(int):
    def __bool__(self):
        return False
print(bool(Flag(7)), not Flag(7), Flag(7) or "empty")  # expect: False True empty
print(a.real, type(a.real).__name__, a.numerator)  # expect: 3 int 3
