"""Data and non-data descriptors and their precedence."""
class Data:
    def __get__(self, obj, owner): return ("data", obj is None, owner.__name__)
    def __set__(self, obj, value): print("set", value)
    def __delete__(self, obj): print("delete")
class NonData:
    def __get__(self, obj, owner=None): return "non-data"
class SetOnly:
    def __set__(self, obj, value): obj.__dict__["s"] = value * 2
class C:
    d = Data()
    n = NonData()
    s = SetOnly()
c = C()
print(c.d, C.d, c.n, C.n, type(c.s).__name__)  # expect: ('data', False, 'C') ('data', True, 'C') non-data non-data SetOnly
c.d = 5  # expect: set 5
c.__dict__["d"] = "shadow"
c.__dict__["n"] = "instance wins"
print(c.d, c.n)  # expect: ('data', False, 'C') instance wins
del c.d  # expect: delete
c.s = 4
print(c.s)  # expect: 8
del c.n
print(c.n)  # expect: non-data
try:
    del c.s
except AttributeError as error:
    print(error)  # expect: __delete__
C.d = "replaced"
print(c.d)  # expect: shadow
class GetOnlyRaises:
    def __get__(self, obj, owner): raise AttributeError("from descriptor")
class F:
    g = GetOnlyRaises()
    def __getattr__(self, name): return f"getattr {name}"
print(F().g)  # expect: getattr g
class Fn:
    def __get__(self, obj, owner):
        return lambda *a: (type(obj).__name__, a)
class G:
    method = Fn()
print(G().method(1, 2), G.method(3))  # expect: ('G', (1, 2)) ('NoneType', (3,))
i = G()
i.inst = NonData()
print(type(i.inst).__name__)  # expect: NonData
class Meta(type):
    d = Data()
class M(metaclass=Meta):
    pass
print(M.d)  # expect: ('data', False, 'Meta')
M.d = 1  # expect: set 1
print(hasattr(M(), "d"))  # expect: False
print(C.__dict__["n"].__get__(None, C), (lambda self: self).__get__(7)())  # expect: non-data 7
