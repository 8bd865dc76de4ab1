"""Singletons, factories, registries, mixins, fluent builders, flyweights."""
class Singleton:
    _inst = None
    def __new__(cls, *a):
        if cls._inst is None: cls._inst = super().__new__(cls)
        return cls._inst
    def __init__(self, v=None):
        if v is not None: self.v = v
class Child(Singleton): pass
print(Singleton(1) is Singleton(), Singleton().v, Child() is Singleton(), Child._inst is Child(5))  # expect: True 1 True True
class SMeta(type):
    inst = {}
    def __call__(cls, *a):
        if cls not in cls.inst: cls.inst[cls] = super().__call__(*a)
        return cls.inst[cls]
class Conf(metaclass=SMeta):
    def __init__(self, v): self.v = v
print(Conf(1) is Conf(2), Conf(3).v)  # expect: True 1
class Shape:
    kinds = {}
    def __init_subclass__(cls, kind=None, **k): super().__init_subclass__(**k); Shape.kinds[kind or cls.__name__.lower()] = cls
    @classmethod
    def make(cls, text):
        kind, *args = text.split()
        return cls.kinds[kind](*map(float, args))
class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return round(3.14159 * self.r ** 2, 3)
class Rect(Shape, kind="box"):
    def __init__(self, w, h): self.w, self.h = w, h
    def area(self): return self.w * self.h
print([Shape.make(t).area() for t in ("circle 2", "box 3 4")], sorted(Shape.kinds))  # expect: [12.566, 12.0] ['box', 'circle']
class Builder:
    def __init__(self): self.parts = []
    def __getattr__(self, tag):
        def add(text="", **attrs):
            a = "".join(f' {k}="{v}"' for k, v in attrs.items())
            self.parts.append(f"<{tag}{a}>{text}</{tag}>")
            return self
        return add
    def __str__(self): return "".join(self.parts)
print(Builder().h1("T").p("x", cls="y").br())  # expect: <h1>T</h1><p cls="y">x</p><br></br>
class Fly:
    pool = {}
    def __new__(cls, k): return cls.pool.setdefault(k, super().__new__(cls))
print(Fly("a") is Fly("a"), len(Fly.pool), Fly("b") is Fly("a"))  # expect: True 1 False
class Visitor:
    def visit(self, o): return next((m(o) for c in type(o).__mro__ if (m := getattr(self, f"visit_{c.__name__}", None))), "unknown")
    def visit_int(self, o): return f"int {o}"
    def visit_list(self, o): return [self.visit(x) for x in o]
    def visit_object(self, o): return f"obj {o!r}"
print(Visitor().visit([1, True, "s", [2]]))  # expect: ['int 1', 'int True', "obj 's'", ['int 2']]
class Chain:
    def __init__(self, *links): self.links = links
    def __getattr__(self, n):
        for l in self.links:
            if hasattr(l, n): return getattr(l, n)
        raise AttributeError(n)
print(Chain(5, "str", [1]).upper(), Chain([], {}).keys())  # expect: STR dict_keys([])
