"""A container inspecting annotations, with scopes and cycle detection."""
import inspect
class Container:
    def __init__(self): self.makers, self.single, self.building = {}, {}, []
    def register(self, kind, maker=None, *, singleton=False):
        if maker is None and not isinstance(kind, type): raise TypeError("a class or a maker")
        self.makers[kind] = (maker or kind, singleton)
        return kind
    def get(self, kind):
        if kind in self.single: return self.single[kind]
        if kind in self.building: raise RuntimeError("cycle: " + " -> ".join(k.__name__ for k in [*self.building, kind]))
        try: maker, singleton = self.makers[kind]
        except KeyError: raise LookupError(f"nothing registered for {kind.__name__}") from None
        self.building.append(kind)
        try:
            sig = inspect.signature(maker)
            kw = {}
            for n, p in sig.parameters.items():
                if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD): continue
                if p.annotation in self.makers: kw[n] = self.get(p.annotation)
                elif p.default is p.empty: raise TypeError(f"{kind.__name__}.{n} cannot be provided")
            made = maker(**kw)
        finally: self.building.pop()
        if singleton: self.single[kind] = made
        return made
class Config:
    def __init__(self, name: str = "default"): self.name = name
class Db:
    def __init__(self, config: Config): self.config = config
class Service:
    def __init__(self, db: Db, config: Config, retries: int = 3): self.db, self.config, self.retries = db, config, retries
class NeedsInt:
    def __init__(self, n: int): pass
class A:
    def __init__(self, b: "B"): pass
class B:
    def __init__(self, a: A): pass
A.__init__.__annotations__["b"] = B
c = Container()
c.register(Config, singleton=True)
c.register(Db)
s = c.register(Service) and c.get(Service)
print(s.db.config is s.config, s.retries, c.get(Db) is c.get(Db), c.get(Config) is s.config, s.config.name)  # expect: True 3 False True default
c.register(Config, lambda: Config("made"), singleton=True)
c.single.clear()
print(c.get(Service).config.name)  # expect: made
for k in NeedsInt, A, B: c.register(k)
for k in int, NeedsInt, A:
    try: c.get(k)
    except (LookupError, TypeError, RuntimeError) as e: print(type(e).__name__, e, c.building)
# expect: LookupError nothing registered for int []
# expect: TypeError NeedsInt.n cannot be provided []
# expect: RuntimeError cycle: A -> B -> A []
try: c.register("text")
except TypeError as e: print(e)  # expect: a class or a maker
@c.register
class Late:
    def __init__(self, service: Service, *args, **kw): self.s, self.args, self.kw = service, args, kw
l = c.get(Late)
print(l.args, l.kw, type(l.s).__name__, Late.__name__)  # expect: () {} Service Late
