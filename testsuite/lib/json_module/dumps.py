"""json.dumps."""
import json
print(json.dumps({"a": [1, 2.5, True, None, "é\n\"\\\x01/"], "b": {}, "c": [], "d": ()}))
# expect: {"a": [1, 2.5, true, null, "\u00e9\n\"\\\u0001/"], "b": {}, "c": [], "d": []}
print(json.dumps("é😀", ensure_ascii=False), json.dumps("é😀"), json.dumps(1e100), json.dumps(0.1), json.dumps(2 ** 70), json.dumps(-0.0), json.dumps(float("inf")), json.dumps([float("nan")]))
# expect: "é😀" "\u00e9\ud83d\ude00" 1e+100 0.1 1180591620717411303424 -0.0 Infinity [NaN]
print(json.dumps({1: "a", 2.5: "b", True: "c", None: "d", "s": "e"}), json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps([1, [2]], separators=(",", ":")), json.dumps({"a": 1}, separators=(", ", " = ")))
# expect: {"1": "c", "2.5": "b", "null": "d", "s": "e"} {"a": 2, "b": 1} [1,[2]] {"a" = 1}
print(json.dumps({"a": [1, {"b": []}], "c": {}}, indent=2))
# expect: {
# expect:   "a": [
# expect:     1,
# expect:     {
# expect:       "b": []
# expect:     }
# expect:   ],
# expect:   "c": {}
# expect: }
print(json.dumps([1, [2, 3]], indent="\t"), json.dumps([], indent=2), json.dumps({"k": 1}, indent=0))
# expect: [
# expect: 	1,
# expect: 	[
# expect: 		2,
# expect: 		3
# expect: 	]
# expect: ] [] {
# expect: "k": 1
# expect: }
class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set): return sorted(o)
        return super().default(o)
print(json.dumps({"s": {3, 1}}, cls=E), json.dumps(5j, default=lambda c: [c.real, c.imag]), json.dumps([1], default=str), "".join(E().iterencode([{1}, "x"])))
# expect: {"s": [1, 3]} [0.0, 5.0] [1] [[1], "x"]
loop = []
loop.append(loop)
for value, kw in (object(), {}), ({1, 2}, {}), (b"x", {}), (loop, {}), (float("nan"), {"allow_nan": False}), ({(1, 2): 3}, {}), ({"b": 1, 3: 2}, {"sort_keys": True}):
    try:
        print(json.dumps(value, **kw))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
# expect: TypeError Object of type object is not JSON serializable
# expect: TypeError Object of type set is not JSON serializable
# expect: TypeError Object of type bytes is not JSON serializable
# expect: ValueError Circular reference detected
# expect: ValueError Out of range float values are not JSON compliant: nan
# expect: TypeError keys must be str, int, float, bool or None, not tuple
# expect: TypeError '<' not supported between instances of 'int' and 'str'
print(json.dumps({(1,): 1, "k": 2}, skipkeys=True))  # expect: {"k": 2}
from enum import IntEnum
class C(IntEnum): A = 1
print(json.dumps([C.A, {C.A: 1}]), json.dumps(type("S", (str,), {})("sub")), json.dumps("\u2028\x7f\ud800"))
# expect: [1, {"1": 1}] "sub" "\u2028\u007f\ud800"
