"""__init_subclass__ and class keyword arguments."""
class Base:
    registry = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.registry.append((cls.__name__, tag))
class A(Base, tag="a"): pass
class B(A): pass
class C(B, tag="c", ): pass
print(Base.registry, A.tag, B.tag, C.tag, hasattr(Base, "tag"))  # expect: [('A', 'a'), ('B', None), ('C', 'c')] a None c False
try:
    class D(Base, other=1): pass
except TypeError as error:
    print(error)  # expect: D.__init_subclass__() takes no keyword arguments
try:
    class E(x=1): pass
except TypeError as error:
    print(error)  # expect: E.__init_subclass__() takes no keyword arguments
class Explicit:
    @classmethod
    def __init_subclass__(cls): print("explicit", cls.__name__)
class F(Explicit): pass  # expect: explicit F
Dynamic = type("Dynamic", (Base,), {"attr": 1}, tag="dyn")
print(Dynamic.tag, Dynamic.attr)  # expect: dyn 1
class Fail:
    def __init_subclass__(cls):
        raise ValueError("refused " + cls.__name__)
try:
    class G(Fail): pass
except ValueError as error:
    print(error)  # expect: refused G
kw = {"tag": "star"}
class H(*[Base], **kw): pass
print(H.tag, H.__bases__ == (Base,))  # expect: star True
class Order:
    def __init_subclass__(cls):
        print("attributes seen", cls.x, cls.d.name)
class Desc:
    def __set_name__(self, owner, name):
        self.name = name
        print("set_name", owner.__name__, name)
class I(Order):
    x = 1
    d = Desc()
# expect: set_name I d
# expect: attributes seen 1 d
