"""__new__ makes, __init__ fills."""
class A:
    def __new__(cls, *args, **kw):
        print("new", cls.__name__, args, kw)
        return super().__new__(cls)
    def __init__(self, x, k=0):
        print("init", x, k)
A(1, k=2)
# expect: new A (1,) {'k': 2}
# expect: init 1 2
class Other:
    def __new__(cls):
        return "not an Other"
    def __init__(self):
        print("never")
print(Other())  # expect: not an Other
class Cached:
    pool = {}
    def __new__(cls, key):
        return cls.pool.setdefault(key, super().__new__(cls))
    def __init__(self, key):
        self.inits = getattr(self, "inits", 0) + 1
print(Cached("a") is Cached("a"), Cached("a").inits)  # expect: True 3
class T(tuple):
    def __new__(cls, *items):
        return super().__new__(cls, items)
print(T(1, 2), type(T(1)).__name__, T()[:])  # expect: (1, 2) T ()
class Bad:
    def __init__(self):
        return 5
try:
    Bad()
except TypeError as error:
    print(error)  # expect: __init__() should return None, not 'int'
class Plain: pass
class OnlyNew:
    def __new__(cls, x): return object.__new__(cls)
class OnlyInit:
    def __init__(self, x): pass
def error(call):
    try:
        call()
        return "ok"
    except TypeError as e:
        return str(e)
print(error(lambda: Plain(1)))  # expect: Plain() takes no arguments
print(error(lambda: object(1)))  # expect: object() takes no arguments
print(error(lambda: OnlyNew(1)), error(lambda: OnlyInit(1)), error(OnlyInit))
# expect: ok ok OnlyInit.__init__() missing 1 required positional argument: 'x'
print(error(lambda: object.__new__()))  # expect: object.__new__(): not enough arguments
print(error(lambda: object.__new__(5)))  # expect: object.__new__(X): X is not a type object (int)
print(error(lambda: object.__new__(int)))  # expect: object.__new__(int) is not safe, use int.__new__()
print(error(lambda: int.__new__(str)))  # expect: int.__new__(str): str is not a subtype of int
print(error(lambda: object.__init__(OnlyNew(1), 1)))  # expect: ok
class Sub(A):
    def __new__(cls, *a):
        return A.__new__(cls, "changed")
    def __init__(self, *a):
        print("sub init", a)
Sub(1)
# expect: new Sub ('changed',) {}
# expect: sub init (1,)
