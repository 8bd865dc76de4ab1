"""__repr__, __str__, __format__, __bytes__ and their defaults."""
class A:
    pass
class R:
    def __repr__(self): return "R!"
class S:
    def __str__(self): return "S!"
class Both:
    def __repr__(self): return "repr"
    def __str__(self): return "str"
import re
print(re.sub("0x[0-9a-f]+", "ADDR", repr(A())), str(R()), f"{R()}", "%s %r" % (Both(), Both()), [Both()], (Both(),), {"k": Both()})
# expect: <__main__.A object at ADDR> R! R! str repr [repr] (repr,) {'k': repr}
print(repr(S()).startswith("<__main__.S object at"), str(S()), f"{Both()!r} {Both()} {Both()!s:>5}")  # expect: True S! repr str   str
class Bad:
    def __repr__(self): return 5
    __str__ = lambda self: None
for f in repr, str:
    try:
        f(Bad())
    except TypeError as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
class Nested:
    class Inner:
        def f(self): pass
print(re.sub("0x[0-9a-f]+", "ADDR", repr(Nested.Inner())), Nested.Inner, repr(Nested.Inner.f).split(" at ")[0])
# expect: <__main__.Nested.Inner object at ADDR> <class '__main__.Nested.Inner'> <function Nested.Inner.f
def outer():
    class Local: pass
    return Local
print(outer(), A, int, type(A()))  # expect: <class '__main__.outer.<locals>.Local'> <class '__main__.A'> <class 'int'> <class '__main__.A'>
class B:
    def __bytes__(self): return b"B"
print(bytes(B()), repr("str subclass"), str(b"a"), str(b"a", "ascii"), str(), repr(len), ascii("é\u2028"))
# expect: b'B' 'str subclass' b'a' a  <built-in function len> '\xe9\u2028'
recursive = [1]
recursive.append(recursive)
d = {"self": None}
d["self"] = d
t = (recursive, d)
print(recursive, d, t)  # expect: [1, [...]] {'self': {...}} ([1, [...]], {'self': {...}})
class SubStr(str):
    def __repr__(self): return "SubStr"
    def __str__(self): return "changed"
print(SubStr("x"), [SubStr("x")], SubStr("x") + "y", f"{SubStr('x')}", "%s" % SubStr("x"), str(SubStr("x")))
# expect: changed [SubStr] xy changed changed changed
