"""A small Hindley-Milner type inference."""
class Var:
    n = 0
    def __init__(self): Var.n += 1; self.name, self.ref = f"t{Var.n}", None
def prune(t):
    while isinstance(t, Var) and t.ref is not None: t = t.ref
    return t
def occurs(v, t):
    t = prune(t)
    return t is v or isinstance(t, tuple) and any(occurs(v, x) for x in t[1:])
def unify(a, b):
    a, b = prune(a), prune(b)
    if a is b: return
    if isinstance(a, Var):
        if occurs(a, b): raise TypeError("infinite type")
        a.ref = b
    elif isinstance(b, Var): unify(b, a)
    elif isinstance(a, tuple) and isinstance(b, tuple) and a[0] == b[0] and len(a) == len(b):
        for x, y in zip(a[1:], b[1:]): unify(x, y)
    elif a != b: raise TypeError(f"{text(a)} is not {text(b)}")
def text(t, names=None):
    names = {} if names is None else names
    t = prune(t)
    if isinstance(t, Var): return names.setdefault(t, "abcdefgh"[len(names)])
    if isinstance(t, str): return t
    if t[0] == "->":
        left = text(t[1], names)
        if isinstance(prune(t[1]), tuple) and prune(t[1])[0] == "->": left = f"({left})"
        return f"{left} -> {text(t[2], names)}"
    return f"{t[0]} {text(t[1], names)}"
def free(t):
    t = prune(t)
    return {t} if isinstance(t, Var) else set().union(*map(free, t[1:])) if isinstance(t, tuple) else set()
def fresh(scheme):
    vs, t = scheme
    m = {v: Var() for v in vs}
    def go(t):
        t = prune(t)
        return m.get(t, t) if isinstance(t, Var) else (t[0], *map(go, t[1:])) if isinstance(t, tuple) else t
    return go(t)
def infer(e, env):
    match e:
        case bool(): return "bool"
        case int(): return "int"
        case str(name):
            if name not in env: raise NameError(name)
            return fresh(env[name])
        case ("fn", p, body):
            v = Var()
            return ("->", v, infer(body, {**env, p: ((), v)}))
        case ("let", n, x, body):
            t = infer(x, env)
            bound = set().union(*(free(s[1]) - set(s[0]) for s in env.values()))
            return infer(body, {**env, n: (tuple(free(t) - bound), t)})
        case ("if", c, a, b):
            unify(infer(c, env), "bool")
            t = infer(a, env)
            unify(t, infer(b, env))
            return t
        case (f, *args):
            t = infer(f, env)
            for a in args:
                r = Var()
                unify(t, ("->", infer(a, env), r))
                t = r
            return t
a, b = Var(), Var()
env = {"add": ((), ("->", "int", ("->", "int", "int"))), "eq": ((), ("->", "int", ("->", "int", "bool"))), "nil": ((a,), ("list", a)), "cons": ((a,), ("->", a, ("->", ("list", a), ("list", a)))), "head": ((a,), ("->", ("list", a), a)), "fix": ((a,), ("->", ("->", a, a), a))}
for e in [5, True, ("fn", "x", "x"), ("fn", "x", ("add", "x", 1)), ("fn", "f", ("fn", "g", ("fn", "x", ("f", ("g", "x"))))), ("let", "id", ("fn", "x", "x"), ("if", ("id", True), ("id", 1), 2)), ("cons", 1, "nil"), ("fn", "x", ("x", "x")), ("add", True), ("if", 1, 2, 3), ("cons", True, ("cons", 1, "nil")), ("fn", "l", ("head", ("head", "l"))), "zz", ("fix", ("fn", "f", ("fn", "n", ("if", ("eq", "n", 0), 1, ("f", ("add", "n", -1))))))]:
    try: print(e, ":", text(infer(e, env)))
    except (TypeError, NameError) as err: print(e, "!", err)
# expect: 5 : int
# expect: True : bool
# expect: ('fn', 'x', 'x') : a -> a
# expect: ('fn', 'x', ('add', 'x', 1)) : int -> int
# expect: ('fn', 'f', ('fn', 'g', ('fn', 'x', ('f', ('g', 'x'))))) : (a -> b) -> (c -> a) -> c -> b
# expect: ('let', 'id', ('fn', 'x', 'x'), ('if', ('id', True), ('id', 1), 2)) : int
# expect: ('cons', 1, 'nil') : list int
# expect: ('fn', 'x', ('x', 'x')) ! infinite type
# expect: ('add', True) ! int is not bool
# expect: ('if', 1, 2, 3) ! int is not bool
# expect: ('cons', True, ('cons', 1, 'nil')) ! bool is not int
# expect: ('fn', 'l', ('head', ('head', 'l'))) : list list a -> a
# expect: zz ! zz
# expect: ('fix', ('fn', 'f', ('fn', 'n', ('if', ('eq', 'n', 0), 1, ('f', ('add', 'n', -1)))))) : int -> int
