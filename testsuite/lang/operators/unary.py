"""Unary operators and their protocol."""
class U:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
u = U()
print(-u, +u, ~u, abs(u), not u)  # expect: neg pos inv abs False
print(-(-3), - -3, +-+3, ~~5, -True, +False, not not [], -0, -0.0, ~-1)  # expect: 3 3 -3 5 -1 0 False 0 -0.0 0
for source in "-'a'", "+[]", "~1.5", "~{}", "-None", "abs('a')", "+object()":
    try:
        eval(source)
    except TypeError as error:
        print(error)
# expect: bad operand type for unary -: 'str'
# expect: bad operand type for unary +: 'list'
# expect: bad operand type for unary ~: 'float'
# expect: bad operand type for unary ~: 'dict'
# expect: bad operand type for unary -: 'NoneType'
# expect: bad operand type for abs(): 'str'
# expect: bad operand type for unary +: 'object'
print(-2 ** 2, (-2) ** 2, 2 ** -1, not 1 == 2, not (1, ), "x")  # expect: -4 4 0.5 True False x
import math
class R:
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
print(math.trunc(R()), math.floor(R()), math.ceil(R()), math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.7))  # expect: trunc floor ceil -3 -2 -2
