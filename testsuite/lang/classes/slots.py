"""__slots__."""
class P:
    __slots__ = ("x", "y")
    def __init__(self, x):
        self.x = x
p = P(1)
print(p.x, hasattr(p, "y"), hasattr(p, "__dict__"), P.__slots__, type(P.x).__name__)  # expect: 1 False False ('x', 'y') member_descriptor
for action in lambda: p.y, lambda: setattr(p, "z", 1), lambda: delattr(p, "y"), lambda: p.z:
    try:
        action()
    except AttributeError as error:
        print(error)
# expect: 'P' object has no attribute 'y'
# expect: 'P' object has no attribute 'z' and no __dict__ for setting new attributes
# expect: y
# expect: 'P' object has no attribute 'z'
p.y = 5
del p.y
print(hasattr(p, "y"))  # expect: False
class Q(P):
    __slots__ = "z"
class R(P): pass
q, r = Q(1), R(2)
q.z = 3
r.anything = 4
print(q.z, q.x, r.anything, vars(r), P.x.__get__(q))  # expect: 3 1 4 {'anything': 4} 1
try:
    q.w = 1
except AttributeError as error:
    print(error)  # expect: 'Q' object has no attribute 'w' and no __dict__ for setting new attributes
for source in "class A:\n __slots__ = ('x',)\n x = 1", "class A:\n __slots__ = ('1a',)", "class A:\n __slots__ = (5,)", "class A(int):\n __slots__ = ('x',)", "class A:\n __slots__ = ('__dict__', '__dict__')", "class A(P, type('N', (), {'__slots__': ('n',)})): pass", "class A(tuple):\n __slots__ = ('q',)":
    try:
        exec(source)
    except (TypeError, ValueError) as error:
        print(error)
# expect: 'x' in __slots__ conflicts with class variable
# expect: __slots__ must be identifiers
# expect: __slots__ items must be strings, not 'int'
# expect: nonempty __slots__ not supported for subtype of 'int'
# expect: __dict__ slot disallowed: we already got one
# expect: multiple bases have instance lay-out conflict
# expect: nonempty __slots__ not supported for subtype of 'tuple'
class WithDict:
    __slots__ = ("a", "__dict__", "__weakref__")
w = WithDict()
w.a, w.b = 1, 2
print(vars(w), w.a)  # expect: {'b': 2} 1
class DictSlots:
    __slots__ = {"d": "documented"}
print(DictSlots.d.__doc__, list(DictSlots.__slots__))  # expect: None ['d']
class Empty:
    __slots__ = ()
try:
    Empty().x = 1
except AttributeError as error:
    print(error)  # expect: 'Empty' object has no attribute 'x' and no __dict__ for setting new attributes
try:
    P.x.__set__(5, 1)
except TypeError as error:
    print(error)  # expect: descriptor 'x' for 'P' objects doesn't apply to a 'int' object
