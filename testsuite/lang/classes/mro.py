"""C3 linearisation."""
class O: pass
class A(O): pass
class B(O): pass
class C(O): pass
class D(A, B): pass
class E(B, C): pass
class F(D, E): pass
print([c.__name__ for c in F.__mro__])  # expect: ['F', 'D', 'A', 'E', 'B', 'C', 'O', 'object']
class X: pass
class Y(X): pass
try:
    class Z(X, Y): pass
except TypeError as error:
    print(error)  # expect: Cannot create a consistent method resolution order (MRO) for bases X, Y
class P(A, B): pass
class Q(B, A): pass
try:
    class R(P, Q): pass
except TypeError as error:
    print(error)  # expect: Cannot create a consistent method resolution order (MRO) for bases A, B
try:
    class S(X, X): pass
except TypeError as error:
    print(error)  # expect: duplicate base class X
for source in "class T(5): pass", "class T(bool): pass", "class T(int, str): pass", "class T(type(None)): pass", "class T(len): pass", "class T(*[int], metaclass=5): pass":
    try:
        exec(source)
    except TypeError as error:
        print(error)
# expect: int expected at most 2 arguments, got 3
# expect: type 'bool' is not an acceptable base type
# expect: multiple bases have instance lay-out conflict
# expect: type 'NoneType' is not an acceptable base type
# expect: cannot create 'builtin_function_or_method' instances
# expect: 'int' object is not callable
print(F.mro() == list(F.__mro__), F.__bases__ == (D, E), F.__base__.__name__, bool.__bases__, object.__bases__)
# expect: True True D (<class 'int'>,) ()
print(issubclass(F, O), issubclass(F, (int, C)), isinstance(F(), B), [c.__name__ for c in type(F).__mro__])
# expect: True True True ['type', 'object']
class W(Y): pass
W.__bases__ = (A,)
print([c.__name__ for c in W.__mro__], O.__subclasses__()[0].__name__)  # expect: ['W', 'A', 'O', 'object'] A
try:
    W.__bases__ = ()
except TypeError as error:
    print(error)  # expect: can only assign non-empty tuple to W.__bases__, not ()
try:
    A.__bases__ = (F,)
except TypeError as error:
    print(error)  # expect: a __bases__ item causes an inheritance cycle
