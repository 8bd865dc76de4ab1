"""Class decorators and decorated methods."""
def add_repr(cls):
    cls.__repr__ = lambda self: f"{cls.__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"
    return cls
def singleton(cls):
    return cls()
@add_repr
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
print(Point(1, "a"))  # expect: Point(x=1, y='a')
@singleton
class Config:
    value = 3
print(Config.value, type(Config).__name__)  # expect: 3 Config
@lambda c: [c.__name__, *vars(c).get("names", ())]
class Listed:
    names = ("p", "q")
print(Listed)  # expect: ['Listed', 'p', 'q']
class Base:
    @property
    def p(self): return "property"
    @staticmethod
    def s(*a): return ("static", a)
    @classmethod
    def c(cls, *a): return (cls.__name__, a)
    @staticmethod
    @lambda f: lambda: f() + 1
    def stacked(): return 1
class D(Base): pass
print(D().p, D.s(1), D().s(2), D.c(3), D().c(4), D.stacked())  # expect: property ('static', (1,)) ('static', (2,)) ('D', (3,)) ('D', (4,)) 2
def typed(**kinds):
    def deco(cls):
        for name, kind in kinds.items():
            def check(self, v, name=name, kind=kind):
                if not isinstance(v, kind):
                    raise TypeError(f"{name} must be {kind.__name__}")
                self.__dict__[name] = v
            setattr(cls, name, property(lambda self, name=name: self.__dict__[name], check))
        return cls
    return deco
@typed(age=int, name=str)
class Person: pass
p = Person()
p.age = 4
print(p.age)  # expect: 4
try:
    p.name = 5
except TypeError as error:
    print(error)  # expect: name must be str
