"""__missing__, overridden methods and what the built-ins call."""
calls = []
class D(dict):
    def __getitem__(self, k): calls.append(("get", k)); return super().__getitem__(k)
    def __setitem__(self, k, v): calls.append(("set", k)); super().__setitem__(k, v)
    def __delitem__(self, k): calls.append(("del", k)); super().__delitem__(k)
    def __contains__(self, k): calls.append(("in", k)); return super().__contains__(k)
    def keys(self): calls.append("keys"); return super().keys()
    def __iter__(self): calls.append("iter"); return super().__iter__()
def run(f):
    calls.clear()
    r = f()
    print(r if not isinstance(r, D) else dict.copy(r), calls)
d = D(a=1)
run(lambda: d["a"])  # expect: 1 [('get', 'a')]
run(lambda: d.get("a"))  # expect: 1 []
run(lambda: d.setdefault("b", 2))  # expect: 2 []
run(lambda: d.update(c=3))  # expect: None []
run(lambda: "a" in d)  # expect: True [('in', 'a')]
run(lambda: d.pop("c"))  # expect: 3 []
run(lambda: list(d))  # expect: ['a', 'b'] ['iter']
run(lambda: dict(d))  # expect: {'a': 1, 'b': 2} ['keys', ('get', 'a'), ('get', 'b')]
run(lambda: {**d})  # expect: {'a': 1, 'b': 2} ['keys', ('get', 'a'), ('get', 'b')]
run(lambda: list(d.items()))  # expect: [('a', 1), ('b', 2)] []
run(lambda: d | {"q": 1})  # expect: {'a': 1, 'b': 2, 'q': 1} ['keys', ('get', 'a'), ('get', 'b')]
run(lambda: len(d))  # expect: 2 []
run(lambda: (lambda **k: k)(**d))  # expect: {'a': 1, 'b': 2} ['keys', ('get', 'a'), ('get', 'b')]
run(lambda: eval("a", {}, d))  # expect: 1 [('get', 'a')]
class M(dict):
    def __missing__(self, k): raise LookupError(f"no {k}")
try:
    M()["x"]
except LookupError as error:
    print(type(error).__name__, error)  # expect: LookupError no x
print("%(k)s" % type("F", (dict,), {"__missing__": lambda s, k: k.upper()})(), str.format_map("{zz}", M(zz=1)))  # expect: K 1
