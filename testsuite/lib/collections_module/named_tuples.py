"""collections.namedtuple and typing.NamedTuple."""
from collections import namedtuple
from typing import NamedTuple
P = namedtuple("P", "x y")
p = P(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, P._make([3, 4]), p == (1, 2), tuple(p), [*p], P.__doc__, P.x.__doc__, hash(p) == hash((1, 2)))
# expect: P(x=1, y=2) 1 2 {'x': 1, 'y': 2} P(x=5, y=2) ('x', 'y') P(x=3, y=4) True (1, 2) [1, 2] P(x, y) Alias for field number 0 True
x, y = p
print(x, y, p + (3,), p < P(1, 3), isinstance(p, tuple), P.__new__.__defaults__, P._field_defaults, P.__match_args__)
# expect: 1 2 (1, 2, 3) True True None {} ('x', 'y')
D = namedtuple("D", ["a", "b"], defaults=[10], module="mod")
print(D(1), D._field_defaults, D.__module__, namedtuple("R", "class a a _b 1c", rename=True)._fields)
# expect: D(a=1, b=10) {'b': 10} mod ('_0', 'a', '_2', '_3', '_4')
class N(NamedTuple):
    "Docs"
    name: str
    age: int = 5
    def older(self, by=1): return self._replace(age=self.age + by)
n = N("Ada")
print(n, n.older(), N.__doc__, N._field_defaults, N.__annotations__["age"], n._asdict())
# expect: N(name='Ada', age=5) N(name='Ada', age=6) Docs {'age': 5} <class 'int'> {'name': 'Ada', 'age': 5}
class Sub(P):
    __slots__ = ()
    @property
    def total(self): return self.x + self.y
print(Sub(1, 2), Sub(1, 2).total, Sub(1, 2)._replace(y=9))  # expect: Sub(x=1, y=2) 3 Sub(x=1, y=9)
for call in lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: p._replace(q=1), lambda: P._make([1]), lambda: namedtuple("X", "class"), lambda: namedtuple("X", "a a"), lambda: namedtuple("X", "_a"), lambda: namedtuple("1x", "a"), lambda: setattr(p, "x", 1), lambda: namedtuple("X", "a", defaults=[1, 2]), lambda: p.q:
    try:
        call()
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
# expect: TypeError P.__new__() missing 1 required positional argument: 'y'
# expect: TypeError P.__new__() takes 3 positional arguments but 4 were given
# expect: TypeError P.__new__() got an unexpected keyword argument 'z'
# expect: TypeError Got unexpected field names: ['q']
# expect: TypeError Expected 2 arguments, got 1
# expect: ValueError Type names and field names cannot be a keyword: 'class'
# expect: ValueError Encountered duplicate field name: 'a'
# expect: ValueError Field names cannot start with an underscore: '_a'
# expect: ValueError Type names and field names must be valid identifiers: '1x'
# expect: AttributeError can't set attribute
# expect: TypeError Got more default values than field names
# expect: AttributeError 'P' object has no attribute 'q'
