"""Parser combinators with operators, building an arithmetic grammar."""
class P:
    def __init__(self, f): self.f = f
    def __call__(self, s, i=0): return self.f(s, i)
    def __or__(self, o): return P(lambda s, i: r if (r := self(s, i)) else o(s, i))
    def __add__(self, o): return P(lambda s, i: ((a[0], b[0]), b[1]) if (a := self(s, i)) and (b := o(s, a[1])) else None)
    def __rshift__(self, g): return P(lambda s, i: (g(r[0]), r[1]) if (r := self(s, i)) else None)
    def __lshift__(self, o): return (self + o) >> (lambda t: t[0])
    def then(self, o): return (self + o) >> (lambda t: t[1])
    @property
    def many(self):
        def f(s, i):
            out = []
            while r := self(s, i): out.append(r[0]); i = r[1]
            return out, i
        return P(f)
    def parse(self, s):
        r = self(s)
        if not r or r[1] != len(s): raise ValueError(f"cannot parse {s!r} at {r[1] if r else 0}")
        return r[0]
def char(pred): return P(lambda s, i: (s[i], i + 1) if i < len(s) and pred(s[i]) else None)
def lit(c): return char(lambda x: x == c)
def lazy(f): return P(lambda s, i: f()(s, i))
ws = char(str.isspace).many
def tok(p): return p << ws
digits = char(str.isdigit) + char(str.isdigit).many >> (lambda t: t[0] + "".join(t[1]))
number = tok(digits) >> int
def fold(t):
    v = t[0]
    for op, x in t[1]: v = {"+": v.__add__, "-": v.__sub__, "*": v.__mul__, "/": v.__floordiv__}[op](x)
    return v
factor = number | tok(lit("(")).then(lazy(lambda: expr)) << tok(lit(")"))
term = factor + (tok(lit("*") | lit("/")) + factor).many >> fold
expr = term + (tok(lit("+") | lit("-")) + term).many >> fold
for s in "1 + 2 * 3", "(1+2)*3", "100 / 7 - 2 * (3 - 1)", "((((5))))", "2*(3+4)*(5-1)": print(s, "=", expr.parse(s))
# expect: 1 + 2 * 3 = 7
# expect: (1+2)*3 = 9
# expect: 100 / 7 - 2 * (3 - 1) = 10
# expect: ((((5)))) = 5
# expect: 2*(3+4)*(5-1) = 56
for s in "", "1 +", "(1", "1 2", "a":
    try: print(expr.parse(s))
    except ValueError as e: print(e)
# expect: cannot parse '' at 0
# expect: cannot parse '1 +' at 2
# expect: cannot parse '(1' at 0
# expect: cannot parse '1 2' at 2
# expect: cannot parse 'a' at 0
word = char(str.isalpha) + char(str.isalnum).many >> (lambda t: t[0] + "".join(t[1]))
pair = (tok(word) << tok(lit("="))) + number
pairs = tok(lit("{")).then((pair << (tok(lit(",")) | P(lambda s, i: (None, i)))).many) << tok(lit("}")) >> dict
print(pairs.parse("{a = 1, b2=22 , c=3}"), pairs.parse("{}"), (word + word.many)("ab1")[0], lit("x").many("xxxy"))
# expect: {'a': 1, 'b2': 22, 'c': 3} {} ('ab1', []) (['x', 'x', 'x'], 3)
nested = lazy(lambda: number | (tok(lit("[")).then((nested << (tok(lit(",")) | P(lambda s, i: (None, i)))).many) << tok(lit("]"))))
print(nested.parse("[1, [2, [3, []]], 4]"))  # expect: [1, [2, [3, []]], 4]
