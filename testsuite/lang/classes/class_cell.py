"""__class__ inside methods, and its use by metaclasses."""
class A:
    def cls(self): return __class__
    @staticmethod
    def static(): return __class__
    def nested(self): return [__class__ for _ in range(1)][0], (lambda: __class__)()
class B(A): pass
print(B().cls() is A, A.static() is A, B().nested() == (A, A), A.cls.__code__.co_freevars)  # expect: True True True ('__class__',)
class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        print(name, "__classcell__" in ns)
        return super().__new__(mcs, name, bases, ns)
class C(metaclass=Meta):
    def m(self): return __class__.__name__
# expect: C True
class D(metaclass=Meta):
    pass
# expect: D False
print(C().m())  # expect: C
class Drop(type):
    def __new__(mcs, name, bases, ns):
        ns.pop("__classcell__", None)
        return super().__new__(mcs, name, bases, ns)
try:
    class E(metaclass=Drop):
        def m(self): return super()
except RuntimeError as error:
    print(error)  # expect: __class__ not set defining 'E' as <class '__main__.E'>. Was __classcell__ propagated to type.__new__?
try:
    __class__
except NameError as error:
    print(error)  # expect: name '__class__' is not defined
def decorator(cls):
    return type("Replaced", (cls,), {})
@decorator
class F:
    def who(self): return __class__.__name__, type(self).__name__
print(F().who())  # expect: ('F', 'Replaced')
