"""__getattr__, __getattribute__, __setattr__, __delattr__, __dir__."""
class A:
    real = "class"
    def __getattr__(self, name):
        print("getattr", name)
        if name.startswith("no"):
            raise AttributeError(f"refused {name}")
        return name * 2
a = A()
print(a.real, a.ab, hasattr(a, "no"), getattr(a, "nope", 5))
# expect: getattr ab
# expect: getattr no
# expect: getattr nope
# expect: class abab False 5
try:
    a.not_there  # expect: getattr not_there
except AttributeError as error:
    print(error)  # expect: refused not_there
class B:
    def __init__(self): self.x = 1
    def __getattribute__(self, name):
        print("getattribute", name)
        return super().__getattribute__(name)
    def m(self): return "m"
b = B()
print(b.x, b.m())
# expect: getattribute x
# expect: getattribute m
# expect: 1 m
print(len("") or hasattr(b, "zz"))
# expect: getattribute zz
# expect: False
class C:
    def __setattr__(self, name, value):
        print("setattr", name, value)
        object.__setattr__(self, name.upper(), value)
    def __delattr__(self, name):
        print("delattr", name)
        super().__delattr__(name.upper())
    def __dir__(self): return ["b", "a"]
c = C()
c.v = 1  # expect: setattr v 1
setattr(c, "w", 2)  # expect: setattr w 2
print(vars(c), dir(c))  # expect: {'V': 1, 'W': 2} ['a', 'b']
del c.v  # expect: delattr v
print(vars(c))  # expect: {'W': 2}
class D:
    def __len__(self): return 3
    def __getattribute__(self, name): raise RuntimeError("no access")
print(len(D()))  # expect: 3
try:
    D().anything
except RuntimeError as error:
    print(error)  # expect: no access
class E(A):
    def __getattribute__(self, name):
        if name == "magic": raise AttributeError
        return super().__getattribute__(name)
print(E().magic)
# expect: getattr magic
# expect: magicmagic
class Proxy:
    def __init__(self, target): self.__dict__["_t"] = target
    def __getattr__(self, n): return getattr(self._t, n)
    def __setattr__(self, n, v): setattr(self._t, n, v)
p = Proxy(c)
p.new = 9  # expect: setattr new 9
print(p.NEW, vars(p) == {"_t": c})  # expect: 9 True
