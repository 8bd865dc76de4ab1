"""Double underscore names are mangled inside classes."""
class Secret:
    __value = 1
    def __init__(self):
        self.__x = 2
        self.__dunder__ = 3
        __local = 4
        self.names = sorted(locals())
    def get(self):
        return self.__x + self.__value
    def __method(self):
        return "private"
    def call(self):
        return self.__method()
    def keyword(self, **kw):
        try:
            return self.takes(__k=1)
        except TypeError as error:
            return str(error)
    def takes(self, __k):
        return __k
s = Secret()
print(s.get(), s.call(), s.keyword(), s.names)  # expect: 3 private Secret.takes() got an unexpected keyword argument '__k' ['_Secret__local', 'self']
print(sorted(k for k in vars(s)), s._Secret__x, Secret._Secret__value, s.__dunder__)  # expect: ['_Secret__x', '__dunder__', 'names'] 2 1 3
try:
    s.__x
except AttributeError as error:
    print(error)  # expect: 'Secret' object has no attribute '__x'
class _Under:
    __a = 5
    def get(self):
        return self.__a
print(_Under._Under__a, _Under().get())  # expect: 5 5
class Child(Secret):
    def child(self):
        return self.__x
try:
    Child().child()
except AttributeError as error:
    print(error)  # expect: 'Child' object has no attribute '_Child__x'
class Outer:
    class Inner:
        __deep = 1
print(Outer.Inner._Inner__deep)  # expect: 1
class Slotted:
    __slots__ = ("__s",)
    def __init__(self):
        self.__s = 1
print(Slotted()._Slotted__s, getattr(s, "_Secret__x"))  # expect: 1 2
