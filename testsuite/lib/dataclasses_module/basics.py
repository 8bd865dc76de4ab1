"""dataclasses: fields, defaults, comparison, repr, post-init."""
from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, KW_ONLY, InitVar, make_dataclass
from typing import ClassVar
@dataclass
class P:
    x: int
    y: int = 2
    tags: list = field(default_factory=list)
    hidden: int = field(default=0, repr=False, compare=False)
    cls_var: ClassVar[int] = 7
    total: int = field(init=False)
    def __post_init__(self): self.total = self.x + self.y
p = P(1)
print(p, p == P(1), p == P(1, hidden=5), p != P(2), p.tags is P(1).tags, [f.name for f in fields(P)], asdict(p), astuple(p), replace(p, x=10), is_dataclass(P), is_dataclass(p), P.cls_var, P.__match_args__)
# expect: P(x=1, y=2, tags=[], total=3) True True True False ['x', 'y', 'tags', 'hidden', 'total'] {'x': 1, 'y': 2, 'tags': [], 'hidden': 0, 'total': 3} (1, 2, [], 0, 3) P(x=10, y=2, tags=[], total=12) True True 7 ('x', 'y', 'tags', 'hidden')
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = 0
print(V(1) < V(1, 1), sorted([V(2), V(1, 5)]), hash(V(1)) == hash(V(1, 0)), {V(1): "a"}[V(1)], max(V(1), V(0, 9)))
# expect: True [V(major=1, minor=5), V(major=2, minor=0)] True a V(major=1, minor=0)
for action in lambda: setattr(V(1), "major", 2), lambda: delattr(V(1), "major"), lambda: setattr(V(1), "new", 2), lambda: hash(P(1)), lambda: P(1) < P(2), lambda: P(), lambda: P(1, 2, 3, 4, 5, 6), lambda: replace(p, total=5), lambda: asdict(5):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
# expect: FrozenInstanceError cannot assign to field 'major'
# expect: FrozenInstanceError cannot delete field 'major'
# expect: FrozenInstanceError cannot assign to field 'new'
# expect: TypeError unhashable type: 'P'
# expect: TypeError '<' not supported between instances of 'P' and 'P'
# expect: TypeError P.__init__() missing 1 required positional argument: 'x'
# expect: TypeError P.__init__() takes from 2 to 5 positional arguments but 7 were given
# expect: TypeError field total is declared with init=False, it cannot be specified with replace()
# expect: TypeError asdict() should be called on dataclass instances
@dataclass
class K(P):
    _: KW_ONLY
    z: int = 0
    init_only: InitVar[int] = 0
    def __post_init__(self, init_only):
        super().__post_init__()
        self.z += init_only
print(K(1, 2, z=3, init_only=10), [f.name for f in fields(K)])
# expect: K(x=1, y=2, tags=[], total=3, z=13) ['x', 'y', 'tags', 'hidden', 'total', 'z']
@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class S:
    a: int
    b: str = "b"
print(S(a=1).b, S.__slots__, S(a=1) == S(a=1), hasattr(S(a=1), "__dict__"))  # expect: b ('a', 'b') False False
M = make_dataclass("M", [("a", int), ("b", int, field(default=5)), "c"][:2], namespace={"sum": lambda self: self.a + self.b})
print(M(1), M(1).sum())  # expect: M(a=1, b=5) 6
def bad(source):
    try:
        exec(source, {"dataclass": dataclass, "field": field, "V": V})
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
bad("@dataclass\nclass A:\n x: int = 1\n y: int")  # expect: TypeError non-default argument 'y' follows default argument 'x'
bad("@dataclass\nclass A:\n x: list = []")  # expect: ValueError mutable default <class 'list'> for field x is not allowed: use default_factory
bad("@dataclass\nclass A(V):\n z: int = 1")  # expect: TypeError cannot inherit non-frozen dataclass from a frozen one
bad("@dataclass\nclass A:\n x: int = field(default=1, default_factory=int)")  # expect: ValueError cannot specify both default and default_factory
bad("@dataclass(order=True, eq=False)\nclass A: pass")  # expect: ValueError eq must be true if order is true
