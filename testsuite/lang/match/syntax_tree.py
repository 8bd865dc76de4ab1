"""match over a small expression tree."""
class Num:
    __match_args__ = ("value",)
    def __init__(self, value): self.value = value
class Bin:
    __match_args__ = ("op", "left", "right")
    def __init__(self, op, left, right): self.op, self.left, self.right = op, left, right
class Var:
    __match_args__ = ("name",)
    def __init__(self, name): self.name = name
def simplify(e):
    match e:
        case Bin("+", Num(0), x) | Bin("+", x, Num(0)) | Bin("*", x, Num(1)) | Bin("*", Num(1), x):
            return simplify(x)
        case Bin("*", Num(0), _) | Bin("*", _, Num(0)):
            return Num(0)
        case Bin("-", Var(a), Var(b)) if a == b:
            return Num(0)
        case Bin(op, Num(a), Num(b)):
            return Num({"+": a + b, "-": a - b, "*": a * b}[op])
        case Bin(op, l, r):
            l2, r2 = simplify(l), simplify(r)
            new = Bin(op, l2, r2)
            return simplify(new) if (l2, r2) != (l, r) else new
    return e
def show(e):
    match e:
        case Num(v): return str(v)
        case Var(n): return n
        case Bin(op, l, r): return f"({show(l)} {op} {show(r)})"
x, y = Var("x"), Var("y")
for e in Bin("+", Num(0), x), Bin("*", Bin("+", Num(1), Num(2)), x), Bin("*", Bin("-", x, x), y), Bin("+", Bin("*", x, Num(1)), Bin("*", Num(0), y)), Bin("-", x, y):
    print(show(e), "=>", show(simplify(e)))
# expect: (0 + x) => x
# expect: ((1 + 2) * x) => (3 * x)
# expect: ((x - x) * y) => 0
# expect: ((x * 1) + (0 * y)) => x
# expect: (x - y) => (x - y)
