"""__getattribute__ with fallbacks and infinite recursion."""
class A:
    def __getattribute__(self, n):
        if n.startswith("x_"): return n[2:]
        if n == "bad": return self.bad
        if n == "missing": raise AttributeError(n)
        return super().__getattribute__(n)
    def __getattr__(self, n): return f"getattr:{n}"
    real = 5
a = A()
print(a.x_abc, a.real, a.missing, a.other, hasattr(a, "zzz"))  # expect: abc 5 getattr:missing getattr:other True
try: a.bad
except RecursionError as e: print("RecursionError")  # expect: RecursionError
class B:
    def __getattr__(self, n): return self.undefined_too
try: B().q
except RecursionError: print("RecursionError")  # expect: RecursionError
class C:
    def __setattr__(self, n, v): self.__dict__[n] = v * 2
    def __getattribute__(self, n):
        v = object.__getattribute__(self, n)
        return v + 1 if isinstance(v, int) else v
c = C()
c.x = 5
print(c.x, vars(c), c.__dict__["x"])  # expect: 11 {'x': 10} 10
c.x += 1
print(c.x)  # expect: 25
class D:
    def __init__(self): object.__setattr__(self, "log", [])
    def __getattr__(self, n): self.log.append(("get", n)); return 0
    def __setattr__(self, n, v): self.log.append(("set", n, v))
    def __delattr__(self, n): self.log.append(("del", n))
d = D()
d.a = d.b + 1
d.c += 5
del d.a
for d.i in range(2): pass
d.p, d.q = 1, 2
with open("/dev/null") as d.f: pass
print([l for l in d.log if l[1] != "f"], len(d.log))
# expect: [('get', 'b'), ('set', 'a', 1), ('get', 'c'), ('set', 'c', 5), ('del', 'a'), ('set', 'i', 0), ('set', 'i', 1), ('set', 'p', 1), ('set', 'q', 2)] 10
class Meta(type):
    def __getattr__(cls, n): return f"meta {n}"
    def __getattribute__(cls, n): return "intercepted" if n == "special" else super().__getattribute__(n)
    def __setattr__(cls, n, v): super().__setattr__(n.lower(), v)
class E(metaclass=Meta): known = 1
E.UPPER = 2
print(E.known, E.unknown, E.special, E.upper, hasattr(E(), "unknown"))  # expect: 1 meta unknown intercepted 2 False
class F:
    def __getattr__(self, n):
        if n == "__len__": return lambda: 99
        raise AttributeError(f"no {n}")
try: len(F())
except TypeError as e: print(e)  # expect: object of type 'F' has no len()
print(F().__len__(), getattr(F(), "zz", "default"))  # expect: 99 default
