"""Random structures survive dumps and loads with every option."""
import json, random
r = random.Random(11)
def value(depth):
    kind = r.randrange(8 if depth else 6)
    match kind:
        case 0: return r.randrange(-10 ** 20, 10 ** 20)
        case 1: return r.choice([0.1, -2.5, 1e300, 5e-324, 0.0, 123456.789])
        case 2: return "".join(r.choice("ab\"\\\n\té日😀\u2028/") for _ in range(r.randrange(6)))
        case 3: return r.choice([True, False, None])
        case 4: return []
        case 5: return {}
        case 6: return [value(depth - 1) for _ in range(r.randrange(4))]
        case 7: return {str(r.randrange(100)): value(depth - 1) for _ in range(r.randrange(4))}
docs = [value(4) for _ in range(150)]
sizes = 0
for d in docs:
    for kw in {}, {"indent": 2}, {"ensure_ascii": False}, {"sort_keys": True}, {"separators": (",", ":")}, {"indent": "\t", "sort_keys": True}:
        text = json.dumps(d, **kw)
        assert json.loads(text) == d
        assert json.loads(text.encode("utf-8")) == d
        sizes += bool(text)
    assert "".join(json.JSONEncoder().iterencode(d)) == json.dumps(d)
print(sizes, docs[0], json.dumps(docs[3]))  # expect: 900 {'57': 'a😀ba', '65': {'12': {'18': 0.0, '88': 28798735140622599883}}} {"66": null}
print(json.loads(json.dumps({"1": {"2": [3, {"4": 5.0}]}}))["1"]["2"][1]["4"], type(json.loads("5.0")).__name__, json.dumps(json.loads("[1.0, 1e5, -0.0, 1E-7]")))
# expect: 5.0 float [1.0, 100000.0, -0.0, 1e-07]
def walk(v, path=""):
    if isinstance(v, dict):
        for k, x in v.items(): yield from walk(x, f"{path}.{k}")
    elif isinstance(v, list):
        for i, x in enumerate(v): yield from walk(x, f"{path}[{i}]")
    else: yield path, v
print(list(walk({"a": [1, {"b": None}], "c": "x"})))  # expect: [('.a[0]', 1), ('.a[1].b', None), ('.c', 'x')]
