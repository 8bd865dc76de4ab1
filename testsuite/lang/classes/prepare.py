"""__prepare__ gives the namespace of the class body."""
class Recorder(dict):
    def __init__(self):
        self.order = []
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            self.order.append(key)
        super().__setitem__(key, value)
    def __missing__(self, key):
        if key.startswith("auto_"):
            return key.upper()
        raise KeyError(key)
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw)
        return Recorder()
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, dict(ns))
        cls.order = ns.order
        return cls
class A(metaclass=Meta, flag=True):
    b = 1
    a = 2
    b = 3
    c = auto_value
    def f(self): pass
# expect: prepare A [] {'flag': True}
print(A.order, A.b, A.c)  # expect: ['b', 'a', 'b', 'c', 'f'] 3 AUTO_VALUE
class B(A):
    z = len("abc")
# expect: prepare B ['A'] {}
print(B.order, B.z)  # expect: ['z'] 3
class Bad(type):
    @classmethod
    def __prepare__(mcs, name, bases): return 5
try:
    class C(metaclass=Bad): pass
except TypeError as error:
    print(error)  # expect: Bad.__prepare__() must return a mapping, not int
class Multi(dict):
    def __setitem__(self, key, value):
        if key in self and not key.startswith("_"):
            raise TypeError(f"{key} defined twice")
        super().__setitem__(key, value)
class Once(type):
    @classmethod
    def __prepare__(mcs, *a): return Multi()
try:
    class D(metaclass=Once):
        def f(self): pass
        def f(self): return 2
except TypeError as error:
    print(error)  # expect: f defined twice
