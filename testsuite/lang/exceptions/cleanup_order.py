"""Order of finally, with, generator close and except clauses."""
log = []
class R:
    def __init__(self, n): self.n = n
    def __enter__(self): log.append(f"+{self.n}"); return self
    def __exit__(self, k, v, t): log.append(f"-{self.n}{'!' if k else ''}")
def f(mode):
    try:
        with R("a"), R("b"):
            try:
                log.append("body")
                if mode == "raise": raise ValueError
                if mode == "return": return "returned"
                if mode == "inner": raise KeyError
            except KeyError:
                log.append("handled")
            else: log.append("else")
            finally: log.append("finally")
            log.append("tail")
    except ValueError:
        log.append("outer")
        return "caught"
    finally: log.append("end")
    return "fell"
for mode in "plain", "raise", "return", "inner":
    print(mode, f(mode), " ".join(log))
    log.clear()
# expect: plain fell +a +b body else finally tail -b -a end
# expect: raise caught +a +b body finally -b! -a! outer end
# expect: return returned +a +b body finally -b -a end
# expect: inner fell +a +b body handled finally tail -b -a end
def loop():
    for i in range(3):
        try:
            with R(i):
                if i == 0: continue
                if i == 1: break
        finally: log.append(f"f{i}")
    else: log.append("no")
loop()
print(" ".join(log))  # expect: +0 -0 f0 +1 -1 f1
log.clear()
def g():
    try:
        with R("g"):
            try: yield 1
            finally: log.append("gf")
    finally: log.append("go")
it = g()
next(it)
it.close()
print(" ".join(log))  # expect: +g gf -g! go
log.clear()
def double():
    try:
        try: raise ValueError("first")
        finally:
            try: raise KeyError("second")
            except KeyError: log.append("swallowed second")
    except ValueError as e: log.append(f"{e} {e.__context__}")
double()
def replace():
    try:
        try: raise ValueError("lost")
        finally: raise KeyError("wins")
    except KeyError as e: log.append(f"{e} <- {e.__context__}")
replace()
print(log)  # expect: ['swallowed second', 'first None', "'wins' <- lost"]
