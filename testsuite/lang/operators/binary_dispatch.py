"""Left method, right reflected method, subclass priority."""
class A:
    def __add__(self, o): print("A.add"); return NotImplemented
    def __radd__(self, o): print("A.radd"); return "A.radd result"
class B:
    def __add__(self, o): print("B.add"); return NotImplemented
    def __radd__(self, o): print("B.radd"); return "B.radd result"
class C(A):
    def __radd__(self, o): print("C.radd"); return "C wins"
class D(A): pass
print(A() + B())
# expect: A.add
# expect: B.radd
# expect: B.radd result
print(1 + A())
# expect: A.radd
# expect: A.radd result
print(A() + C())
# expect: C.radd
# expect: C wins
print("")  # expect:
try:
    A() + A()  # expect: A.add
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +: 'A' and 'A'
try:
    A() + D()
    # expect: A.add
    # expect: A.radd
except TypeError as error:
    print(error)
class Int(int):
    def __radd__(self, o): return "Int.radd"
    def __rsub__(self, o): return NotImplemented
print(1 + Int(2), Int(2) + 1, 1 - Int(2), True + Int(3))  # expect: Int.radd 3 -1 4
class I:
    pass
i = I()
i.__add__ = lambda o: "instance attribute"
try:
    i + 1
except TypeError as error:
    print(error)  # expect: unsupported operand type(s) for +: 'I' and 'int'
class N:
    __add__ = None
    __radd__ = None
for call in lambda: N() + 1, lambda: 1 + N():
    try:
        call()
    except TypeError as error:
        print(error)
# expect: 'NoneType' object is not callable
# expect: 'NoneType' object is not callable
