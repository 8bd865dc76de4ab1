"""A Scheme in a page, with tail calls, macros by quoting and errors."""
import operator as op
class Symbol(str): pass
def parse(s):
    toks = s.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()
    def read():
        if not toks: raise SyntaxError("unexpected end")
        t = toks.pop(0)
        if t == "(":
            out = []
            while toks and toks[0] != ")": out.append(read())
            if not toks: raise SyntaxError("missing )")
            toks.pop(0)
            return out
        if t == ")": raise SyntaxError("unexpected )")
        if t == "'": return [Symbol("quote"), read()]
        for f in int, float:
            try: return f(t)
            except ValueError: pass
        return {"#t": True, "#f": False}.get(t, Symbol(t))
    out = []
    while toks: out.append(read())
    return out
class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer
    def find(self, k):
        e = self
        while e is not None:
            if k in e: return e
            e = e.outer
        raise NameError(f"unbound: {k}")
class Lambda:
    def __init__(self, params, body, env): self.params, self.body, self.env = params, body, env
def to_s(x): return "#t" if x is True else "#f" if x is False else "(" + " ".join(map(to_s, x)) + ")" if isinstance(x, list) else "<lambda>" if isinstance(x, Lambda) else str(x)
G = Env()
G.update({"+": lambda *a: sum(a), "*": lambda *a: __import__("math").prod(a), "-": lambda a, *b: a - sum(b) if b else -a, "/": op.truediv, "<": op.lt, ">": op.gt, "=": op.eq, "car": lambda l: l[0], "cdr": lambda l: l[1:], "cons": lambda a, l: [a] + l, "list": lambda *a: list(a), "null?": lambda l: l == [], "not": op.not_, "apply": lambda f, a: apply(f, a)})
def apply(f, args): return ev(f.body, Env(f.params, args, f.env)) if isinstance(f, Lambda) else f(*args)
def ev(x, env=G):
    while True:
        match x:
            case Symbol(): return env.find(x)[x]
            case list([]): return []
            case list(): pass
            case _: return x
        head, *rest = x
        match head, rest:
            case "quote", [v]: return v
            case "if", [c, a, *b]: x = a if ev(c, env) is not False else b[0] if b else []
            case "define", [[name, *params], *body]: env[name] = Lambda(params, [Symbol("begin"), *body], env); return name
            case "define", [name, v]: env[name] = ev(v, env); return name
            case "set!", [name, v]: env.find(name)[name] = ev(v, env); return None
            case "lambda", [params, *body]: return Lambda(params, [Symbol("begin"), *body], env)
            case "let", [binds, *body]: x = [[Symbol("lambda"), [b[0] for b in binds], *body], *[b[1] for b in binds]]
            case "begin", [*first, last]:
                for e in first: ev(e, env)
                x = last
            case _:
                f, *args = [ev(e, env) for e in x]
                if isinstance(f, Lambda): x, env = f.body, Env(f.params, args, f.env)
                else: return f(*args)
for line in ["(+ 1 (* 2 3))", "(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))", "(fact 20)", "(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))", "(loop 20000 0)", "(let ((x 2) (y 3)) (* x y))", "'(1 (2 a) #t)", "(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))", "(map (lambda (x) (* x x)) '(1 2 3 4))", "(define make (lambda (n) (lambda () (begin (set! n (+ n 1)) n))))", "(define c (make 10))", "(c) (c)", "(apply + (list 1 2 3))", "(undefined 1)", "(car '())", "(1 2)", "(+ 1", ")", "(/ 1 0)"]:
    try:
        for form in parse(line): print(to_s(ev(form)))
    except Exception as error:
        print(type(error).__name__)
# expect: 7
# expect: fact
# expect: 2432902008176640000
# expect: loop
# expect: 200010000
# expect: 6
# expect: (1 (2 a) #t)
# expect: map
# expect: (1 4 9 16)
# expect: make
# expect: c
# expect: 11
# expect: 12
# expect: 6
# expect: NameError
# expect: IndexError
# expect: TypeError
# expect: SyntaxError
# expect: SyntaxError
# expect: ZeroDivisionError
