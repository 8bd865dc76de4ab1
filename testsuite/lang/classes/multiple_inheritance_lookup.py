"""Attribute lookup through a diamond, with descriptors and __getattr__."""
class Root:
    x = "root"
    def who(self): return "root"
    def chain(self): return ["Root"]
class Left(Root):
    x = "left"
    def chain(self): return ["Left"] + super().chain()
class Right(Root):
    x = "right"
    y = "right y"
    def who(self): return "right"
    def chain(self): return ["Right"] + super().chain()
class Bottom(Left, Right):
    def chain(self): return ["Bottom"] + super().chain()
b = Bottom()
print(b.x, b.y, b.who(), b.chain(), [c.__name__ for c in Bottom.__mro__])
# expect: left right y right ['Bottom', 'Left', 'Right', 'Root'] ['Bottom', 'Left', 'Right', 'Root', 'object']
del Left.x
print(b.x)  # expect: right
Left.who = lambda self: "left patched"
print(b.who(), Right().who())  # expect: left patched right
Root.x = property(lambda self: "property")
del Right.x
print(b.x, Bottom.x.__class__.__name__)  # expect: property property
class Mixin:
    def __getattr__(self, n): return f"mixin {n}"
class WithMixin(Mixin, Bottom): pass
w = WithMixin()
print(w.missing, w.y, w.who(), hasattr(w, "anything"))  # expect: mixin missing right y left patched True
class A:
    def f(self): return "A.f" + self.g()
    def g(self): return "A.g"
class B(A):
    def g(self): return "B.g"
class C(A):
    def f(self): return "C.f " + super().f()
class D(B, C): pass
print(D().f(), B().f(), C().f(), A.f(D()))  # expect: C.f A.fB.g A.fB.g C.f A.fA.g A.fB.g
class E(D):
    def f(self): return super(B, self).f()
    def g(self): return super(D, self).g() + "!"
print(E().f(), E().g())  # expect: C.f A.fB.g! B.g!
print(isinstance(E(), C), issubclass(E, A), E.__base__.__name__, [c.__name__ for c in A.__subclasses__()])  # expect: True True D ['B', 'C']
