"""Exceptions raised in iterators, properties, comparisons, formatting."""
class Boom(Exception): pass
def boom(*a): raise Boom(*a)
class A:
    __iter__ = __len__ = __bool__ = __str__ = __eq__ = __lt__ = __hash__ = __contains__ = __getitem__ = __format__ = __index__ = __call__ = __enter__ = boom
    __exit__ = boom
    def __getattr__(self, name): boom(name)
    def __set_name__(self, o, n): boom(n)
a = A()
for name, f in dict(iter=lambda: list(a), len=lambda: len(a), bool=lambda: not a, str=lambda: str(a), eq=lambda: a == 1, sort=lambda: sorted([a, a]), hash=lambda: {a: 1}, contains=lambda: 1 in a, getitem=lambda: a[0], format=lambda: f"{a}", index=lambda: [1][a], call=lambda: a(), attr=lambda: a.zip, hasattr=lambda: hasattr(a, "q"), unpack=lambda: [*a], join=lambda: "".join(a), index_of=lambda: [1, a].index(2), inset=lambda: a in {1}, minimum=lambda: min([a, a]), slice=lambda: [][a:], star=lambda: print(*a), getdefault=lambda: getattr(a, "d", 1), dictupdate=lambda: {}.update(a), chained=lambda: a < a).items():
    try:
        f()
        print(name, "no error")
    except Boom as e:
        print(name, len(e.args))
# expect: iter 1
# expect: len 1
# expect: bool 1
# expect: str 1
# expect: eq 2
# expect: sort 2
# expect: hash 1
# expect: contains 2
# expect: getitem 2
# expect: format 2
# expect: index 1
# expect: call 1
# expect: attr 1
# expect: hasattr 1
# expect: unpack 1
# expect: join 1
# expect: index_of 2
# expect: inset 1
# expect: minimum 2
# expect: slice 1
# expect: star 1
# expect: getdefault 1
# expect: dictupdate 1
# expect: chained 2
