"""Cooperative multiple inheritance."""
class Root:
    def __init__(self, **kw):
        assert not kw, kw
        self.log = ["Root"]
class Named(Root):
    def __init__(self, name, **kw):
        super().__init__(**kw)
        self.name = name
        self.log.append("Named")
class Sized(Root):
    def __init__(self, size=0, **kw):
        super().__init__(**kw)
        self.size = size
        self.log.append("Sized")
class Both(Named, Sized):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.log.append("Both")
b = Both(name="n", size=3)
print(b.log, b.name, b.size)  # expect: ['Root', 'Sized', 'Named', 'Both'] n 3
class M:
    def describe(self): return "M"
class Upper:
    def describe(self): return super().describe().upper() + "!"
class Twice:
    def describe(self): return super().describe() * 2
class U(Upper, Twice, M): pass
class V(Twice, Upper, M): pass
class Lower(M):
    def describe(self): return "lower"
class W(Upper, Lower): pass
print(U().describe(), V().describe(), W().describe())  # expect: MM! M!M! LOWER!
class Prop:
    @property
    def p(self): return 1
class SubProp(Prop):
    @property
    def p(self): return super().p + 1
    def __getitem__(self, k): return k
class SubSub(SubProp):
    p = property(lambda self: super(SubSub, self).p * 10)
    def __getitem__(self, k): return super().__getitem__(k) * 2
print(SubSub().p, SubSub()[4])  # expect: 20 8
try:
    class Bad(Upper): pass
    Bad().describe()
except AttributeError as error:
    print(error)  # expect: 'super' object has no attribute 'describe'
