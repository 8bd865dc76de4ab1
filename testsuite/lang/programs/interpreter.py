"""A small language: lexer, parser, closures, while, recursion."""
import re, operator
def lex(s): return re.findall(r"\d+|\w+|==|<=|[-+*/<>=(){},;%]|\"[^\"]*\"", s) + ["<end>"]
class Return(Exception):
    def __init__(self, v): self.v = v
class P:
    def __init__(self, s): self.t, self.i = lex(s), 0
    def peek(self): return self.t[self.i]
    def next(self): self.i += 1; return self.t[self.i - 1]
    def eat(self, x):
        if self.next() != x: raise SyntaxError(f"expected {x} got {self.t[self.i - 1]}")
    def program(self):
        out = []
        while self.peek() != "<end>": out.append(self.stmt())
        return out
    def block(self):
        self.eat("{")
        out = []
        while self.peek() != "}": out.append(self.stmt())
        self.eat("}")
        return out
    def stmt(self):
        k = self.peek()
        if k in ("if", "while"):
            self.next(); c = self.expr(); b = self.block(); e = []
            if k == "if" and self.peek() == "else": self.next(); e = self.block()
            return (k, c, b, e)
        if k == "return": self.next(); e = self.expr(); self.eat(";"); return ("return", e)
        if k == "let": self.next(); n = self.next(); self.eat("="); e = self.expr(); self.eat(";"); return ("let", n, e)
        if self.t[self.i + 1] == "=": n = self.next(); self.next(); e = self.expr(); self.eat(";"); return ("set", n, e)
        e = self.expr(); self.eat(";"); return ("expr", e)
    LEVELS = [("==", "<", ">", "<="), ("+", "-"), ("*", "/", "%")]
    def expr(self, level=0):
        if level == 3: return self.atom()
        l = self.expr(level + 1)
        while self.peek() in self.LEVELS[level]: l = ("bin", self.next(), l, self.expr(level + 1))
        return l
    def atom(self):
        t = self.next()
        if t.isdigit(): e = ("num", int(t))
        elif t[0] == '"': e = ("num", t[1:-1])
        elif t == "(": e = self.expr(); self.eat(")")
        elif t == "-": e = ("bin", "-", ("num", 0), self.atom())
        elif t == "fn":
            self.eat("("); ps = []
            while self.peek() != ")":
                ps.append(self.next())
                if self.peek() == ",": self.next()
            self.eat(")"); e = ("fn", ps, self.block())
        elif t.isidentifier(): e = ("var", t)
        else: raise SyntaxError(f"unexpected {t}")
        while self.peek() == "(":
            self.next(); args = []
            while self.peek() != ")":
                args.append(self.expr())
                if self.peek() == ",": self.next()
            self.eat(")"); e = ("call", e, args)
        return e
OPS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv, "%": operator.mod, "<": operator.lt, ">": operator.gt, "<=": operator.le, "==": operator.eq}
class Env(dict):
    def __init__(self, parent): self.parent = parent
    def find(self, n):
        e = self
        while n not in e:
            e = e.parent
            if e is None: raise NameError(n)
        return e
def ev(e, env):
    match e:
        case ("num", v): return v
        case ("var", n): return env.find(n)[n]
        case ("bin", op, l, r): return OPS[op](ev(l, env), ev(r, env))
        case ("fn", ps, body):
            def f(*args):
                inner = Env(env)
                inner.update(zip(ps, args, strict=True))
                try: run(body, inner)
                except Return as r: return r.v
            return f
        case ("call", f, args): return ev(f, env)(*[ev(a, env) for a in args])
def run(body, env):
    for s in body:
        match s:
            case ("let", n, e): env[n] = ev(e, env)
            case ("set", n, e): env.find(n)[n] = ev(e, env)
            case ("if", c, b, o): run(b if ev(c, env) else o, env)
            case ("while", c, b, _):
                while ev(c, env): run(b, env)
            case ("return", e): raise Return(ev(e, env))
            case ("expr", e): ev(e, env)
def execute(src):
    env = Env(None)
    env["print"] = print
    run(P(src).program(), env)
execute("""
let fib = fn(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); };
print(fib(15), -3 + 2 * (4 - 1), 7 % 4 == 3);
let counter = fn() { let n = 0; return fn() { n = n + 1; return n; }; };
let c = counter(); c(); c(); print("count", c());
let i = 10; let s = 0;
while i > 0 { s = s + i; i = i - 1; }
print(s);
let twice = fn(f, x) { return f(f(x)); };
print(twice(fn(x) { return x * x; }, 3));
""")
# expect: 610 3 True
# expect: count 3
# expect: 55
# expect: 81
for bad in "print(x);", "let = 5;", "print(1;", "let f = fn(a) { return a; }; f(1, 2);":
    try:
        execute(bad)
    except (NameError, SyntaxError, ValueError) as error:
        print(type(error).__name__, error)
# expect: NameError x
# expect: SyntaxError expected = got 5
# expect: SyntaxError unexpected ;
# expect: ValueError zip() argument 2 is longer than argument 1
