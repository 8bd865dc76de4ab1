"""A regular expression matcher with backtracking, and Thompson's NFA."""
def match_here(p, s):
    if not p: return True
    if len(p) > 1 and p[1] == "*": return match_star(p[0], p[2:], s)
    if p == "$": return not s
    return bool(s) and p[0] in (".", s[0]) and match_here(p[1:], s[1:])
def match_star(c, p, s):
    while True:
        if match_here(p, s): return True
        if not s or c not in (".", s[0]): return False
        s = s[1:]
def match(p, s): return match_here(p[1:], s) if p[:1] == "^" else any(match_here(p, s[i:]) for i in range(len(s) + 1))
print([match(*t) for t in [("abc", "xabcx"), ("^abc", "xabc"), ("a*b", "aaab"), ("^a.*z$", "abcz"), ("x*", ""), ("^$", ""), ("a.c", "ac")]])
# expect: [True, False, True, True, True, True, False]
class NFA:
    def __init__(self, pattern):
        self.eps, self.move, self.n = {}, {}, 0
        self.p, self.i = pattern, 0
        self.start, self.end = self.alt()
    def state(self): self.n += 1; return self.n
    def edge(self, a, b): self.eps.setdefault(a, []).append(b)
    def peek(self): return self.p[self.i:self.i + 1]
    def alt(self):
        a, b = self.seq()
        while self.peek() == "|":
            self.i += 1
            c, d = self.seq()
            s, e = self.state(), self.state()
            for x in (a, c): self.edge(s, x)
            for x in (b, d): self.edge(x, e)
            a, b = s, e
        return a, b
    def seq(self):
        a = b = self.state()
        while self.peek() not in ("", "|", ")"):
            c, d = self.rep()
            self.edge(b, c)
            b = d
        return a, b
    def rep(self):
        a, b = self.atom()
        while self.peek() and self.peek() in "*+?":
            op = self.peek()
            self.i += 1
            s, e = self.state(), self.state()
            self.edge(s, a); self.edge(b, e)
            if op in "*?": self.edge(s, e)
            if op in "*+": self.edge(b, a)
            a, b = s, e
        return a, b
    def atom(self):
        c = self.peek()
        self.i += 1
        if c == "(":
            r = self.alt()
            self.i += 1
            return r
        a, b = self.state(), self.state()
        self.move[a] = (c, b)
        return a, b
    def closure(self, states):
        stack, seen = list(states), set(states)
        while stack:
            for t in self.eps.get(stack.pop(), ()):
                if t not in seen: seen.add(t); stack.append(t)
        return seen
    def fullmatch(self, s):
        cur = self.closure({self.start})
        for c in s: cur = self.closure({self.move[q][1] for q in cur if q in self.move and self.move[q][0] in (".", c)})
        return self.end in cur
import itertools, re
for p in "a", "ab|c", "(a|b)*c", "a+b?", "(ab)*", "((a|b)(a|b))*", "a(b|c)+|.":
    n = NFA(p)
    words = ["".join(w) for k in range(5) for w in itertools.product("abc", repeat=k)]
    print(p, n.n, sum(map(n.fullmatch, words)), all(n.fullmatch(w) == bool(re.fullmatch(p, w)) for w in words))
# expect: a 3 1 True
# expect: ab|c 10 2 True
# expect: (a|b)*c 13 15 True
# expect: a+b? 9 7 True
# expect: (ab)* 8 3 True
# expect: ((a|b)(a|b))* 20 21 True
# expect: a(b|c)+|. 18 17 True
