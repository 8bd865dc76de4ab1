"""asdict recursion, inheritance and field metadata."""
from dataclasses import dataclass, field, asdict, astuple, fields, replace
@dataclass
class Inner:
    v: int
@dataclass
class Outer:
    one: Inner
    many: list[Inner]
    table: dict[str, Inner]
    pair: tuple
    plain: object = None
o = Outer(Inner(1), [Inner(2), Inner(3)], {"k": Inner(4)}, (Inner(5), 6))
print(asdict(o))  # expect: {'one': {'v': 1}, 'many': [{'v': 2}, {'v': 3}], 'table': {'k': {'v': 4}}, 'pair': ({'v': 5}, 6), 'plain': None}
print(astuple(o), asdict(o, dict_factory=lambda items: [k for k, _ in items]))
# expect: ((1,), [(2,), (3,)], {'k': (4,)}, ((5,), 6), None) ['one', 'many', 'table', 'pair', 'plain']
c = replace(o, plain="new")
print(c.one is o.one, c.plain, o.plain, c == o)  # expect: True new None False
@dataclass
class Base:
    a: int = 1
    b: int = 2
@dataclass
class Derived(Base):
    c: int = 3
    a: int = 10
print(Derived(), [f.name for f in fields(Derived)], Derived(5, 6, 7), Base() == Derived())
# expect: Derived(a=10, b=2, c=3) ['a', 'b', 'c'] Derived(a=5, b=6, c=7) False
@dataclass
class Meta:
    x: int = field(default=1, metadata={"unit": "cm"})
    y: int = field(default=2, kw_only=True)
f = fields(Meta)[0]
print(f.name, f.type, f.default, f.metadata["unit"], f.init, f.kw_only, fields(Meta)[1].kw_only, Meta(5, y=6))
# expect: x <class 'int'> 1 cm True False True Meta(x=5, y=6)
@dataclass(unsafe_hash=True)
class H:
    x: int
    y: int = field(hash=False, default=0)
print(hash(H(1, 2)) == hash(H(1, 3)), H(1, 2) == H(1, 3))  # expect: True False
@dataclass
class Custom:
    x: int
    def __repr__(self): return f"<{self.x}>"
    def __eq__(self, o): return True
print(Custom(1), Custom(1) == 5, [Custom(2)])  # expect: <1> True [<2>]
@dataclass
class Tree:
    value: int
    children: list["Tree"] = field(default_factory=list)
    def depth(self): return 1 + max((c.depth() for c in self.children), default=0)
t = Tree(1, [Tree(2, [Tree(3)]), Tree(4)])
print(t.depth(), t)  # expect: 3 Tree(value=1, children=[Tree(value=2, children=[Tree(value=3, children=[])]), Tree(value=4, children=[])])
r = Tree(1)
r.children.append(r)
print(r)  # expect: Tree(value=1, children=[...])
match Derived(1, 2, 3):
    case Derived(a, b, c): print(a, b, c)  # expect: 1 2 3
