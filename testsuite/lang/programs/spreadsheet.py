"""A spreadsheet with formulas, dependency tracking and cycle errors."""
import re
class Sheet:
    def __init__(self): self.cells, self.cache, self.uses = {}, {}, {}
    def __setitem__(self, k, v):
        self.cells[k] = v
        self._dirty(k)
    def _dirty(self, k, seen=()):
        self.cache.pop(k, None)
        for other, used in list(self.uses.items()):
            if k in used and other not in seen: self._dirty(other, (*seen, k))
    def __getitem__(self, k): return self._eval(k, ())
    def _eval(self, k, stack):
        if k in stack: raise RecursionError("cycle " + ">".join((*stack, k)))
        if k in self.cache: return self.cache[k]
        raw = self.cells.get(k, 0)
        if isinstance(raw, str) and raw.startswith("="):
            used = set()
            def cell(m):
                used.add(m[0])
                return f"_c('{m[0]}')"
            def rng(m):
                (c1, r1), (c2, r2) = (re.fullmatch(r"([A-Z])(\d+)", x).groups() for x in m[0].split(":"))
                keys = [f"{chr(c)}{r}" for r in range(int(r1), int(r2) + 1) for c in range(ord(c1), ord(c2) + 1)]
                used.update(keys)
                return "[" + ",".join(f"_C('{x}')" for x in keys) + "]"
            src = re.sub(r"\b[A-Z]\d+:[A-Z]\d+\b", rng, raw[1:])
            src = re.sub(r"(?<!')\b[A-Z]\d+\b(?!')", cell, src)
            self.uses[k] = used
            get = lambda x: self._eval(x, (*stack, k))
            self.evals = getattr(self, "evals", 0) + 1
            raw = eval(src, {"__builtins__": {}}, {"_c": get, "_C": get, "SUM": sum, "AVG": lambda l: sum(l) / len(l), "MAX": max, "IF": lambda c, a, b: a if c else b})
        self.cache[k] = raw
        return raw
s = Sheet()
s["A1"], s["A2"], s["A3"] = 10, 20, "=A1+A2"
s["B1"] = "=SUM(A1:A3)*2"
s["B2"] = "=IF(B1>100, 'big', 'small')"
s["C1"] = "=AVG(A1:B1)+MAX(A1:A3)"
print(s["A3"], s["B1"], s["B2"], s["C1"], s["Z9"], s.evals)  # expect: 30 120 big 95.0 0 4
n = s.evals
s["B1"], s["C1"]
print(s.evals == n)  # expect: True
s["A1"] = -100
print(s["A3"], s["B1"], s["B2"], s.evals - n, sorted(s.uses["B1"]))  # expect: -80 -320 small 3 ['A1', 'A2', 'A3']
s["D1"], s["D2"] = "=D2+1", "=D1*2"
for k, f in ("D1", None), ("E1", "=1/0"), ("E2", "=foo"), ("E3", "=A1+"), ("E4", "=E4"), ("E5", "=B2+1"):
    if f: s[k] = f
    try: print(s[k])
    except Exception as e: print(k, type(e).__name__, "cycle" in str(e))
# expect: D1 RecursionError True
# expect: E1 ZeroDivisionError False
# expect: E2 NameError False
# expect: E3 SyntaxError False
# expect: E4 RecursionError True
# expect: E5 TypeError False
s["D2"] = 5
print(s["D1"], s["D2"])  # expect: 6 5
for i in range(1, 30): s[f"F{i}"] = f"=F{i - 1}+{i}" if i > 1 else 1
print(s["F29"], s["F10"])  # expect: 435 55
s["F1"] = 100
print(s["F29"], len(s.cache) > 20)  # expect: 534 True
