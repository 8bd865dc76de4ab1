"""__eq__ without __hash__ makes unhashable."""
class A:
    def __eq__(self, other): return True
class B:
    def __init__(self, v): self.v = v
    def __eq__(self, other): return isinstance(other, B) and self.v == other.v
    def __hash__(self): return hash(("B", self.v)) & 0xFF
class C(B): pass
class D(B):
    def __eq__(self, other): return super().__eq__(other)
class E(B):
    def __eq__(self, other): return super().__eq__(other)
    __hash__ = B.__hash__
print(A.__hash__, D.__hash__, E.__hash__ is B.__hash__, C.__hash__ is B.__hash__)  # expect: None None True True
for x in A(), D(1):
    try:
        hash(x)
    except TypeError as error:
        print(error)
# expect: unhashable type: 'A'
# expect: unhashable type: 'D'
d = {B(1): "one", B(2): "two"}
print(d[B(1)], C(2) in d, B(3) in d, len({B(1), B(1), C(1)}), d.get(E(2)))  # expect: one True False 1 two
class BadHash:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
for h in 1.5, "x", None:
    try:
        hash(BadHash(h))
    except TypeError as error:
        print(error)
# expect: __hash__ method should return an integer
# expect: __hash__ method should return an integer
# expect: __hash__ method should return an integer
print(hash(BadHash(2 ** 70)) == hash(2 ** 70), hash(BadHash(-1)), hash(BadHash(True)))  # expect: True -2 1
class Collide:
    def __init__(self, n): self.n = n
    def __hash__(self): return 7
    def __eq__(self, o): return self.n == o.n
table = {Collide(i): i for i in range(50)}
print(len(table), table[Collide(33)], Collide(99) in table)  # expect: 50 33 False
del table[Collide(10)]
print(len(table), Collide(10) in table, table[Collide(49)])  # expect: 49 False 49
class Raises:
    def __hash__(self): raise ValueError("no hash today")
try:
    {Raises()}
except ValueError as error:
    print(error)  # expect: no hash today
