"""Enum: members, lookup, iteration, aliases."""
from enum import Enum, auto, unique, IntEnum, StrEnum
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def describe(self): return f"{self.name} is {self.value}"
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["GREEN"], Color.CRIMSON, Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.describe(), list(Color.__members__))
# expect: Color.RED <Color.RED: 1> RED 1 Color.GREEN Color.GREEN Color.RED True [<Color.RED: 1>, <Color.GREEN: 2>] 2 RED is 1 ['RED', 'GREEN', 'CRIMSON']
print(Color.RED in Color, 1 in Color, 5 in Color, Color.RED == 1, Color.RED != Color.GREEN, {Color.RED: "r"}[Color(1)], isinstance(Color.RED, Color), type(Color.RED), Color, hash(Color.RED) == hash("RED"), f"{Color.RED}", bool(Color.RED))
# expect: True True False False True r True <enum 'Color'> <enum 'Color'> True Color.RED True
class A(Enum):
    X = auto(); Y = auto()
    Z = "z"
class S(StrEnum):
    ONE = auto(); TWO = "2"
class I(IntEnum):
    P = 5; Q = 6
print(A.Y.value, S.ONE, S.ONE == "one", repr(S.TWO), S.ONE.upper(), I.P + 1, I.P < I.Q, f"{I.P}", str(I.Q), repr(I.P), [10, 20][I.P - 5], sorted([I.Q, I.P]))
# expect: 2 one True <S.TWO: '2'> ONE 6 True 5 6 <I.P: 5> 10 [<I.P: 5>, <I.Q: 6>]
for call in lambda: Color(9), lambda: Color["BLUE"], lambda: Color.BLUE, lambda: setattr(Color, "RED", 5), lambda: Color.RED < Color.GREEN, lambda: delattr(Color, "RED"), lambda: setattr(Color.RED, "value", 3), lambda: Color():
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError 9 is not a valid Color
# expect: KeyError 'BLUE'
# expect: AttributeError type object 'Color' has no attribute 'BLUE'
# expect: AttributeError cannot reassign member 'RED'
# expect: TypeError '<' not supported between instances of 'Color' and 'Color'
# expect: AttributeError 'Color' cannot delete member 'RED'.
# expect: AttributeError <enum 'Enum'> cannot set attribute 'value'
# expect: TypeError EnumType.__call__() missing 1 required positional argument: 'value'
for source in "class B(Color): NEW = 3", "class C(Enum):\n A = 1\n A = 2", "@unique\nclass D(Enum):\n A = 1\n B = 1":
    try:
        exec(source)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
# expect: TypeError <enum 'B'> cannot extend <enum 'Color'>
# expect: TypeError 'A' already defined as 1
# expect: ValueError duplicate values found in <enum 'D'>: B -> A
F = Enum("F", "a b c")
print(list(F), Enum("G", {"x": 10}).x.value, Enum("H", [("k", 1)], module="m").k)  # expect: [<F.a: 1>, <F.b: 2>, <F.c: 3>] 10 H.k
class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def density(self): return round(self.mass / self.radius, 3)
    @classmethod
    def heaviest(cls): return max(cls, key=lambda p: p.mass)
print(Planet.EARTH.mass, Planet.MARS.density, Planet.heaviest(), Planet((0.64, 3.39)))  # expect: 5.97 0.189 Planet.EARTH Planet.MARS
class W(Enum):
    @classmethod
    def _missing_(cls, v): return cls.OTHER if v == "?" else None
    OTHER = 0
    _ignore_ = ["tmp"]
    tmp = 5
print(W("?"), hasattr(W, "tmp"))  # expect: W.OTHER False
