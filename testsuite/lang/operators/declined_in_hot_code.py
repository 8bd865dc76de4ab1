"""Operators whose methods decline, often enough to be compiled: who is asked next, and what the error says."""
class A:
    def __add__(s, o): return NotImplemented
    def __iadd__(s, o): return NotImplemented
class B:
    def __sub__(s, o): return NotImplemented
class C:
    def __radd__(s, o): return ("radd", o.__class__.__name__)
    def __rsub__(s, o): return ("rsub",)
class D(A):
    def __lt__(s, o): return NotImplemented
def t(f, *a):
    for _ in range(300):
        try: r = f(*a)
        except TypeError as e: r = str(e)
    print(r)
def iadd(a, b):
    a += b
    return a
def isub(a, b):
    a -= b
    return a
def add(a, b): return a + b
def sub(a, b): return a - b
def lt(a, b): return a < b
def ltj(a, b):
    if a < b: return 1
    return 2
for f, a, b in [(iadd, A(), 1), (iadd, A(), C()), (isub, B(), 1), (isub, B(), C()), (add, A(), 1), (add, A(), C()), (sub, B(), 2), (sub, B(), C()), (lt, D(), 1), (ltj, D(), 1), (iadd, D(), C()), (iadd, 1, A()), (isub, [], 1), (iadd, 1 << 70, 2.5), (isub, True, 1 << 64), (iadd, 5, "x")]:
    t(f, a, b)
# expect: unsupported operand type(s) for +=: 'A' and 'int'
# expect: ('radd', 'A')
# expect: unsupported operand type(s) for -=: 'B' and 'int'
# expect: ('rsub',)
# expect: unsupported operand type(s) for +: 'A' and 'int'
# expect: ('radd', 'A')
# expect: unsupported operand type(s) for -: 'B' and 'int'
# expect: ('rsub',)
# expect: '<' not supported between instances of 'D' and 'int'
# expect: '<' not supported between instances of 'D' and 'int'
# expect: ('radd', 'D')
# expect: unsupported operand type(s) for +=: 'int' and 'A'
# expect: unsupported operand type(s) for -=: 'list' and 'int'
# expect: 1.1805916207174113e+21
# expect: -18446744073709551615
# expect: unsupported operand type(s) for +=: 'int' and 'str'
