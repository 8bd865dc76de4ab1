"""Flag and IntFlag."""
from enum import Flag, IntFlag, auto, KEEP, STRICT
class P(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
print(P.R, repr(P.R | P.X), P.RW, list(P.RW), P.R in P.RW, P.X in P.RW, ~P.R, P.R & P.W, bool(P.R & P.W), P.RW ^ P.R, P(3), P(0), P.R.value, [p.name for p in P], len(P.RW), (P.R | P.W) is P.RW, P["RW"], P(5).name)
# expect: P.R <P.R|X: 5> P.RW [<P.R: 1>, <P.W: 2>] True False P.W|X P(0) False P.W P.RW P(0) 1 ['R', 'W', 'X'] 2 True P.RW R|X
class I(IntFlag):
    A = 1; B = 2; C = 8
print(I.A | 2, I(3), I.A + I.B, I.A | 16, I(7) & 3, ~I.A, I.A == 1, repr(I.B | I.C), f"{I.A}", int(I.A | I.C), I(0), list(I.A | I.C), I.A in I(9))
# expect: 3 3 3 17 3 14 True <I.B|C: 10> 1 9 0 [<I.A: 1>, <I.C: 8>] True
for call in lambda: P(16), lambda: P.R | 1, lambda: P.R < P.W, lambda: P("x"), lambda: P.Q:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, str(error).split("\n")[0])
# expect: ValueError <flag 'P'> invalid value 16
# expect: TypeError unsupported operand type(s) for |: 'P' and 'int'
# expect: TypeError '<' not supported between instances of 'P' and 'P'
# expect: ValueError 'x' is not a valid P
# expect: AttributeError type object 'P' has no attribute 'Q'
class K(Flag, boundary=KEEP):
    A = 1
print(K(5), K(5).value, P.R not in P(0), P.RW.value)  # expect: K.A|4 5 True 3
perms = P(0)
for p in P.R, P.X: perms |= p
print(perms, perms == P.R | P.X, perms & ~P.R, [m.name for m in P if m in perms])  # expect: P.R|X True P.X ['R', 'X']
