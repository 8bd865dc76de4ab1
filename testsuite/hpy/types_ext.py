# Classes of an extension module: structs, members, attributes, methods, inheritance in C and in Python.
import gc
import inspect
import types

from types_ext import Empty, Point, Solid

p = Point(3, y=4)
print(p, p.x, p.y, p.norm(), p.pair)  # expect: Point(3, 4) 3 4 25 (3, 4)
print(Point(), Point.__new__(Point), Point.__name__, Point.__module__)  # expect: Point(-1, 0) Point(-1, 0) Point types_ext
print(Point, Point.__doc__, Point.__text_signature__)  # expect: <class 'types_ext.Point'> A point of the plane. (x=-1, y=0)
print(inspect.signature(Point), Point.norm.__text_signature__, Point.norm.__doc__)  # expect: (x=-1, y=0) ($self, /) The square of its length.
p.x = 10
p.sum = 200
print(p, p.sum, p.tag, p.move(1, 1) is p, p)  # expect: Point(97, 5) 200 None True Point(97, 5)
p.tag = [p]
gc.collect()
print(p.tag[0] is p, p.tag in (gc.get_referents(p) or [p.tag]))  # expect: True True
del p.tag
print(p.tag)  # expect: None


def error(call):
    try:
        call()
    except Exception as e:
        # Later versions add what else the object lacks.
        print(type(e).__name__, str(e).partition(" and no ")[0])


def assign(name, value):
    return lambda: setattr(p, name, value)


error(assign("y", 1))  # expect: AttributeError readonly attribute
error(assign("pair", 1))  # expect: AttributeError attribute 'pair' of 'types_ext.Point' objects is not writable
error(lambda: delattr(p, "sum"))  # expect: TypeError sums stay
error(lambda: delattr(p, "x"))  # expect: TypeError can't delete numeric/char attribute
error(assign("x", "one"))  # expect: TypeError 'str' object cannot be interpreted as an integer
error(assign("other", 1))  # expect: AttributeError 'types_ext.Point' object has no attribute 'other'
error(lambda: p.other)  # expect: AttributeError 'types_ext.Point' object has no attribute 'other'
error(lambda: Point.norm())  # expect: TypeError unbound method Point.norm() needs an argument
error(lambda: Point.norm(3))  # expect: TypeError descriptor 'norm' for 'types_ext.Point' objects doesn't apply to a 'int' object
error(lambda: Point.x.__get__(3))  # expect: TypeError descriptor 'x' for 'types_ext.Point' objects doesn't apply to a 'int' object
error(lambda: p.norm(1))  # expect: TypeError Point.norm() takes no arguments (1 given)
error(lambda: Point(1, 2, 3))  # expect: TypeError function mismatched args (too many arguments for fmt)
error(lambda: Point.__new__(int))  # expect: TypeError types_ext.Point.__new__(int): int is not a subtype of types_ext.Point
error(lambda: type("Sub", (Empty,), {}))  # expect: TypeError type 'types_ext.Empty' is not an acceptable base type

print(Point.x, Point.sum, Point.norm, Point.__repr__)  # expect: <member 'x' of 'types_ext.Point' objects> <attribute 'sum' of 'types_ext.Point' objects> <method 'norm' of 'types_ext.Point' objects> <slot wrapper '__repr__' of 'types_ext.Point' objects>
print(Point.x.__doc__, Point.sum.__doc__, Point.x.__qualname__)  # expect: To the right. x + y Point.x
print(type(Point.x).__name__, isinstance(Point.x, types.MemberDescriptorType), isinstance(Point.sum, types.GetSetDescriptorType))  # expect: member_descriptor True True

# A class of C that extends another: overriding, and what it inherits.
s = Solid(1, 2)
s.z = 3
print(s, s.x, s.norm(), Point.norm(s), Point.__repr__(s), s.move(1, 0))  # expect: Solid(2, 2, 3) 1 9.0 5 Point(1, 2) Solid(2, 2, 3)
print(Solid.__mro__ == (Solid, Point, object), isinstance(s, Point))  # expect: True True


# A class of Python that extends one of C.
class Named(Point):
    def __init__(self, name, *args, **kw):
        super().__init__(*args, **kw)
        self.name = name

    def norm(self):
        return -super().norm()

    def __repr__(self):
        return f"{self.name}: {super().__repr__()}"


n = Named("corner", 1, y=2)
n.tag = "t"
n.color = "red"
gc.collect()
print(n, n.norm(), n.color, n.tag, sorted(vars(n)))  # expect: corner: Point(1, 2) -5 red t ['color', 'name']
n.__dict__["name"] = "edge"
del n.color
print(n, vars(n))  # expect: edge: Point(1, 2) {'name': 'edge'}


class Slim(Solid):
    __slots__ = ("a", "b")


m = Slim(7, 8)
m.a, m.z = "A", 2.5
gc.collect()
print(m.a, m.z, m, hasattr(m, "b"), hasattr(m, "__dict__"))  # expect: A 2.5 Solid(7, 8, 2) False False


class Mixed(Named, Slim):
    pass


m = Mixed("m", 5)
m.b = 1
print(m, m.b, m.x, [c.__name__ for c in Mixed.__mro__])  # expect: m: Solid(5, 0, 0) 1 5 ['Mixed', 'Named', 'Slim', 'Solid', 'Point', 'object']
error(lambda: type("Bad", (Solid, int), {}))  # expect: TypeError multiple bases have instance lay-out conflict
error(lambda: setattr(p, "__class__", Solid))  # expect: TypeError __class__ assignment: 'types_ext.Solid' object layout differs from 'types_ext.Point'
Point.extra = lambda self: self.x + 1
print(Point(1).extra(), s.extra(), isinstance(Empty(), Empty))  # expect: 2 3 True

total = 0
for i in range(10000):
    q = Point(i, 1)
    q.x += 1
    total += q.x + q.norm() + q.sum
print(total)  # expect: 333484365000
