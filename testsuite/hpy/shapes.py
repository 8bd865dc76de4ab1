# Structs on top of int, float, str, tuple, list and type.
import gc

import shapes
from shapes import Float, Int, List, Meta, Str, Tuple


def check(x):
    x.weight = 1.25
    x.note = ["note", type(x).__name__]
    [[] for _ in range(1000)]
    gc.collect()
    return x.weight, x.twice(), x.note[1]


print(check(Int(41)), Int(41) + 1, Int("ff", 16), Int(2**80))  # expect: (1.25, 2.5, 'Int') 42 255 1208925819614629174706176
print(check(Float(1.5)), Float("2.5") * 2, Float())  # expect: (1.25, 2.5, 'Float') 5.0 0.0
print(check(Str("abc")), Str("abc").upper() + Str("d"), len(Str(12)))  # expect: (1.25, 2.5, 'Str') ABCd 2
print(check(Tuple("ab")), Tuple((1, 2)) + (3,), Tuple())  # expect: (1.25, 2.5, 'Tuple') (1, 2, 3) ()
x = List("ab")
print(check(x), x, len(x))  # expect: (1.25, 2.5, 'List') ['a', 'b'] 2
x.extend(range(1000))
x.append([x])
gc.collect()
print(len(x), x.weight, x[-1][0] is x, x.note)  # expect: 1003 2.5 True ['note', 'List']
print({Int(3): "three"}[3], {3: "three"}[Int(3)], Str("k") in {"k": 1}, isinstance(Int(1), int))  # expect: three three True True
print("%d %s %r" % (Int(5), Str("s"), Tuple((1,))), [1, 2, 3][Int(1)], "abc"[Int(2) :])  # expect: 5 s (1,) 2 c


# Subclasses of Python.
class Money(Int):
    def __new__(cls, value, unit):
        self = super().__new__(cls, value)
        self.unit = unit
        return self

    def __repr__(self):
        return f"{int(self)} {self.unit}"


m = Money(7, "EUR")
print(check(m), m, m.unit, m + 1, vars(m))  # expect: (1.25, 2.5, 'Money') 7 EUR EUR 8 {'unit': 'EUR'}


class Log(List):
    __slots__ = ("name",)


log = Log([1])
log.name = "log"
print(check(log), log, log.name)  # expect: (1.25, 2.5, 'Log') [1] log


# A metaclass: the struct lies in the class object.
class C(metaclass=Meta):
    def f(self):
        return "f"


class D(C):
    pass


print(check(C), type(C), C().f(), D().f(), type(D))  # expect: (1.25, 2.5, 'Meta') <class 'shapes.Meta'> f f <class 'shapes.Meta'>
print(D.weight, C.weight, D.note)  # expect: 0.0 2.5 None
D.weight = 3
print(D.twice(), Meta("E", (), {}).weight)  # expect: 6.0 0.0

before = shapes.destroyed()
for i in range(100):
    Int(i), Str(i), List(), Tuple(), Float(i)
gc.collect()
gc.collect()
print(shapes.destroyed() - before >= 480)  # expect: True


def error(call):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)


error(lambda: shapes.wrong(str))  # expect: TypeError type 'shapes.Int' with shape HPyType_BuiltinShape_Long cannot have a struct on top of its base 'str'
error(lambda: shapes.wrong(dict))  # expect: TypeError type 'shapes.Int' with shape HPyType_BuiltinShape_Long cannot have a struct on top of its base 'dict'
error(lambda: type("Bad", (Int, Str), {}))  # expect: TypeError multiple bases have instance lay-out conflict
