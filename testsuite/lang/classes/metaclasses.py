"""Metaclasses: __call__, __new__, __init__, attributes, conflicts."""
class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")), kw)
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print("init", name)
        super().__init__(name, bases, ns)
    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)
    def meta_method(cls):
        return f"meta of {cls.__name__}"
    @property
    def prop(cls): return "meta property"
    def __len__(cls): return 42
    def __getitem__(cls, key): return (cls.__name__, key)
    def __repr__(cls): return f"<{cls.__name__}>"
    def __iter__(cls): return iter("xyz")
    def __contains__(cls, x): return x == 1
    def __add__(cls, other): return "added"
class A(metaclass=Meta, option=1):
    x = 1
    def __init__(self, v): self.v = v
# expect: new A ['x'] {'option': 1}
# expect: init A
a = A(5)  # expect: call A (5,)
print(a.v, A.meta_method(), A.prop, len(A), A["k"], A, list(A), 1 in A, A + 1, type(A).__name__)
# expect: 5 meta of A meta property 42 ('A', 'k') <A> ['x', 'y', 'z'] True added Meta
for name in "meta_method", "prop":
    print(hasattr(a, name))
# expect: False
# expect: False
class B(A): pass
# expect: new B [] {}
# expect: init B
print(type(B).__name__, B)  # expect: Meta <B>
class M2(type): pass
try:
    class C(A, metaclass=M2): pass
except TypeError as error:
    print(error)  # expect: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
class M3(Meta): pass
class D(A, metaclass=M3): pass
# expect: new D [] {}
# expect: init D
print(type(D).__name__)  # expect: M3
def function_meta(name, bases, ns):
    return name, bases, sorted(k for k in ns if not k.startswith("_"))
class E(int, metaclass=function_meta):
    q = 1
print(E)  # expect: ('E', (<class 'int'>,), ['q'])
