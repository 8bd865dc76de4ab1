"""Enum internals: members as functions, nonmember, member, __call__, verify."""
from enum import *
class Op(Enum):
    @member
    def add(a, b): return a + b
    @nonmember
    def helper(): return "not a member"
    CONST = nonmember(5)
    X = 1
print([m.name for m in Op], Op.CONST, Op.helper(), Op.add.value(2, 3))  # expect: ['add', 'X'] 5 not a member 5
class Auto(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last): return name.lower() + str(count)
    A = auto(); B = auto()
print([m.value for m in Auto])  # expect: ['a0', 'b1']
class Ordered(Enum):
    def __lt__(self, o): return self.value < o.value if type(self) is type(o) else NotImplemented
    LOW = 1; HIGH = 2
print(Ordered.LOW < Ordered.HIGH, max(Ordered), sorted([Ordered.HIGH, Ordered.LOW]))
# expect: True Ordered.HIGH [<Ordered.LOW: 1>, <Ordered.HIGH: 2>]
class Base(Enum):
    def shout(self): return self.name + "!"
class Child(Base):
    A = "a"
print(Child.A.shout(), isinstance(Child.A, Base), list(Base))  # expect: A! True []
class Mixed(str, Enum):
    A = "alpha"
    def __str__(self): return self.value
print(Mixed.A, Mixed.A == "alpha", Mixed.A.upper(), f"{Mixed.A}", "-".join(Mixed), Mixed("alpha").name, repr(Mixed.A))
# expect: alpha True ALPHA alpha alpha A <Mixed.A: 'alpha'>
@verify(UNIQUE, CONTINUOUS)
class V(IntEnum):
    A = 1; B = 2
try:
    @verify(CONTINUOUS)
    class W(IntEnum):
        A = 1; C = 3
except ValueError as error:
    print(error)  # expect: invalid enum 'W': missing values 2
@global_enum
class G(Enum):
    GLOBAL_ONE = 1
print(GLOBAL_ONE, repr(G.GLOBAL_ONE))  # expect: GLOBAL_ONE __main__.GLOBAL_ONE
class T(tuple, Enum):
    P = 1, 2
print(T.P.value, T.P[0], len(T.P))  # expect: (1, 2) 1 2
print(V.A in V, V(1) is V.A, V.__members__["B"], hasattr(V, "_value2member_map_"), Child("a"), pickle.loads(pickle.dumps(Child.A)) is Child.A if (pickle := __import__("pickle")) else "")
# expect: True True 2 True Child.A True
class Tri(Enum):
    def __new__(cls, code, label):
        o = object.__new__(cls)
        o._value_ = code
        o.label = label
        return o
    ONE = (1, "one"); TWO = (2, "two")
print(Tri(2).label, Tri.ONE.value, [t.label for t in Tri])  # expect: two 1 ['one', 'two']
