"""__instancecheck__, __subclasscheck__ and unions."""
class Meta(type):
    def __instancecheck__(cls, obj):
        print("instancecheck", obj)
        return obj == 5
    def __subclasscheck__(cls, sub):
        print("subclasscheck", sub.__name__)
        return sub is int
class Five(metaclass=Meta): pass
print(isinstance(5, Five), isinstance(6, Five), issubclass(int, Five), issubclass(str, Five))
# expect: instancecheck 5
# expect: instancecheck 6
# expect: subclasscheck int
# expect: subclasscheck str
# expect: True False True False
f = Five()
print(isinstance(f, Five))  # expect: True
print(isinstance(1, (str, (bytes, int))), isinstance("a", int | str), issubclass(bool, int | None), isinstance(None, int | None))
# expect: True True True True
for call in lambda: isinstance(1, 5), lambda: isinstance(1, (5,)), lambda: issubclass(int, "x"), lambda: issubclass(5, int), lambda: isinstance(1, (int, "never reached")), lambda: isinstance("a", (int, "reached")):
    try:
        print(call())
    except TypeError as error:
        print(error)
# expect: isinstance() arg 2 must be a type, a tuple of types, or a union
# expect: isinstance() arg 2 must be a type, a tuple of types, or a union
# expect: issubclass() arg 2 must be a class, a tuple of classes, or a union
# expect: issubclass() arg 1 must be a class
# expect: True
# expect: isinstance() arg 2 must be a type, a tuple of types, or a union
class Bases:
    @property
    def __bases__(self): return (int,)
print(issubclass(Bases(), int))  # expect: True
class Lies:
    __class__ = str
print(isinstance(Lies(), str), isinstance(Lies(), Lies), type(Lies()).__name__)  # expect: True True Lies
