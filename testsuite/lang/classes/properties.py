"""property with getter, setter, deleter and messages."""
class C:
    def __init__(self): self._x = 1
    @property
    def x(self):
        "Doc of x."
        return self._x
    @x.setter
    def x(self, value): self._x = value * 2
    @x.deleter
    def x(self): del self._x
    @property
    def readonly(self): return "r"
    writeonly = property(fset=lambda self, v: setattr(self, "w", v))
    y = property(lambda self: self._y, doc="explicit doc")
c = C()
c.x = 5
print(c.x, C.x.__doc__, C.y.__doc__, type(C.x).__name__)  # expect: 10 Doc of x. explicit doc property
del c.x
def error(action):
    try:
        action()
    except AttributeError as e:
        return str(e)
print(error(lambda: c.x))  # expect: 'C' object has no attribute '_x'
print(error(lambda: setattr(c, "readonly", 1)))  # expect: property 'readonly' of 'C' object has no setter
print(error(lambda: delattr(c, "readonly")))  # expect: property 'readonly' of 'C' object has no deleter
print(error(lambda: c.writeonly))  # expect: property 'writeonly' of 'C' object has no getter
print(error(lambda: c.y))  # expect: 'C' object has no attribute '_y'
c.writeonly = 3
print(c.w, C.readonly.fset, C.x.fget.__name__)  # expect: 3 None x
class D(C):
    @C.x.getter
    def x(self): return "overridden"
    @property
    def readonly(self): return super().readonly + "!"
d = D()
d.x = 7
print(d.x, d._x, d.readonly)  # expect: overridden 14 r!
class Fallback:
    @property
    def p(self): raise AttributeError("inner")
    def __getattr__(self, name): return "fallback " + name
print(Fallback().p)  # expect: fallback p
class Counter:
    n = 0
    @property
    def next(self):
        self.n += 1
        return self.n
k = Counter()
print(k.next, k.next, k.next + k.next)  # expect: 1 2 7
p = property()
class E: e = p
print(error(lambda: E().e))  # expect: property 'e' of 'E' object has no getter
