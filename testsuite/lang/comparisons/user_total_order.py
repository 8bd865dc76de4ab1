"""Classes ordered against each other and against numbers."""
class Version:
    def __init__(self, text): self.parts = tuple(map(int, text.split(".")))
    def _cmp(self, o):
        if isinstance(o, str): o = Version(o)
        if not isinstance(o, Version): return NotImplemented
        n = max(len(self.parts), len(o.parts))
        a, b = (v.parts + (0,) * (n - len(v.parts)) for v in (self, o))
        return (a > b) - (a < b)
    def _op(f):
        def m(self, o): return r if (r := self._cmp(o)) is NotImplemented else f(r)
        return m
    __eq__, __lt__, __le__ = _op(lambda c: c == 0), _op(lambda c: c < 0), _op(lambda c: c <= 0)
    __gt__, __ge__ = _op(lambda c: c > 0), _op(lambda c: c >= 0)
    __hash__ = None
    def __repr__(self): return ".".join(map(str, self.parts))
vs = [Version(v) for v in ("1.10", "1.2", "1.2.0", "0.9.9", "2")]
print(sorted(vs), max(vs), min(vs), vs[1] == vs[2], vs[1] != vs[2], vs[0] > "1.9", "1.9" < vs[0], vs[0] == 5, vs[0] != 5, Version("1.0") <= Version("1") <= "1.0.0.0")
# expect: [0.9.9, 1.2, 1.2.0, 1.10, 2] 2 0.9.9 True False True True False True True
for bad in lambda: vs[0] < 5, lambda: 5 < vs[0], lambda: hash(vs[0]), lambda: sorted([vs[0], None]):
    try: bad()
    except TypeError as e: print(e)
# expect: '<' not supported between instances of 'Version' and 'int'
# expect: '<' not supported between instances of 'int' and 'Version'
# expect: unhashable type: 'Version'
# expect: '<' not supported between instances of 'NoneType' and 'Version'
print("1.2" in vs, vs.index("2"), vs.count(Version("1.2")))  # expect: True 4 2
