# Every slot of operators, sequences, mappings, comparison and calls.
import operator

from slots_ext import Eq, Map, Num, Seq

a, b = Num(2), Num(-3)
for op in (operator.add, operator.sub, operator.mul, operator.mod, divmod, operator.lshift, operator.rshift, operator.and_):
    print(op(a, 1), "|", op(1, a), "|", op(a, b))
# expect: Num(2) + 1 | 1 + Num(2) | Num(2) + Num(-3)
# expect: Num(2) - 1 | 1 - Num(2) | Num(2) - Num(-3)
# expect: Num(2) * 1 | 1 * Num(2) | Num(2) * Num(-3)
# expect: Num(2) % 1 | 1 % Num(2) | Num(2) % Num(-3)
# expect: Num(2) divmod 1 | 1 divmod Num(2) | Num(2) divmod Num(-3)
# expect: Num(2) << 1 | 1 << Num(2) | Num(2) << Num(-3)
# expect: Num(2) >> 1 | 1 >> Num(2) | Num(2) >> Num(-3)
# expect: Num(2) & 1 | 1 & Num(2) | Num(2) & Num(-3)
for op in (operator.xor, operator.or_, operator.floordiv, operator.truediv, operator.matmul, pow):
    print(op(a, 1), "|", op(1, a))
# expect: Num(2) ^ 1 | 1 ^ Num(2)
# expect: Num(2) | 1 | 1 | Num(2)
# expect: Num(2) // 1 | 1 // Num(2)
# expect: Num(2) / 1 | 1 / Num(2)
# expect: Num(2) @ 1 | 1 @ Num(2)
# expect: Num(2) ** 1 % None | 1 ** Num(2) % None
print(pow(a, 5, 7))  # expect: Num(2) ** 5 % 7
for name in "iadd isub imul imod ilshift irshift iand ixor ior ifloordiv itruediv imatmul ipow".split():
    print(getattr(operator, name)(a, 9), end=";")
print()  # expect: Num(2) += 9;Num(2) -= 9;Num(2) *= 9;Num(2) %= 9;Num(2) <<= 9;Num(2) >>= 9;Num(2) &= 9;Num(2) ^= 9;Num(2) |= 9;Num(2) //= 9;Num(2) /= 9;Num(2) @= 9;Num(2) **= 9;
print(-a, +a, abs(b), ~a, int(a), float(b), [1, 2, 3][a], str(a), f"{a!r}")  # expect: <-2> <2> <3> <-3> 2 -3.0 3 <2> Num(2)
print(bool(a), bool(Num(0)), hash(b), {a: 1}[Num(2)])  # expect: True False -3 1
print(a == Num(2), a != b, a < b, a <= b, a > b, a >= b, a == 2, a != 2)  # expect: True True False False True True False True
print(a(1, 2), "|", a.otherwise()(), "|", Num(5)(), "|", a(k=1))  # expect: Num(2) called with 2 | Num(2) called otherwise | Num(5) called with 0 | Num(2) called otherwise
print(Num.__add__(a, 1), Num.__radd__(a, 1), a.__pow__(2, 3), a.__add__("s"), a.__call__(1))  # expect: Num(2) + 1 1 + Num(2) Num(2) ** 2 % 3 NotImplemented Num(2) called otherwise


def error(call):
    try:
        call()
    except Exception as e:
        print(type(e).__name__, e)


error(lambda: a + "s")  # expect: TypeError unsupported operand type(s) for +: 'slots_ext.Num' and 'str'
error(lambda: a < 3)  # expect: TypeError '<' not supported between instances of 'slots_ext.Num' and 'int'
error(lambda: a.__add__())  # expect: TypeError expected 1 argument, got 0
error(lambda: Num.__neg__(3))  # expect: TypeError descriptor '__neg__' requires a 'slots_ext.Num' object but received a 'int'


class Sub(Num):
    def __radd__(self, other):
        return "Sub.__radd__"

    def __neg__(self):
        return "Sub.__neg__ " + str(super().__neg__())

    def __call__(self):
        return "Sub.__call__ " + super().__call__()


c = Sub(4)
print(a + c, c + a, -c, c(), c == Num(4), hash(c), abs(c))  # expect: Sub.__radd__ Num(4) + Num(2) Sub.__neg__ <-4> Sub.__call__ Num(4) called with 0 True 4 <4>

s = Seq()
print(len(s), s[3], s[-1], list(s), 4 in s, 5 in s)  # expect: 10 9 81 [0, 1, 4, 9, 16, 25, 36, 49, 64, 81] True False
print(s + 1, s * 2, 3 * s, max(s), operator.iadd(s, "x"), operator.imul(s, 5))  # expect: concat 1 repeat 2 repeat 3 81 iconcat 'x' irepeat 5
error(lambda: s[10])  # expect: IndexError ten squares
error(lambda: s["x"])  # expect: TypeError sequence index must be integer, not 'str'
error(lambda: operator.setitem(s, -2, "v"))  # expect: RuntimeError 8 = 'v'
error(lambda: operator.delitem(s, 2))  # expect: RuntimeError del 2
error(lambda: "x" in s)  # expect: TypeError 'str' object cannot be interpreted as an integer
m = Map()
print(len(m), m["k"], m[1:2], Map.__getitem__(m, 0))  # expect: 3 ['k'] [slice(1, 2, None)] [0]
error(lambda: operator.setitem(m, "k", 1))  # expect: KeyError 'k'
error(lambda: operator.delitem(m, "d"))  # expect: KeyError 'd'
print(Eq() == 1, Eq() != 1, Eq.__hash__)  # expect: True False None
error(lambda: hash(Eq()))  # expect: TypeError unhashable type: 'slots_ext.Eq'


class Longer(Seq):
    def __len__(self):
        return super().__len__() + 1


print(len(Longer()), Longer()[2], 4 in Longer())  # expect: 11 4 True
total = 0
for i in range(5000):
    total += s[i % 10] + len(s) + int(a)
print(total)  # expect: 202500
