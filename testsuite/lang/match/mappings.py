"""Mapping patterns."""
def f(x):
    match x:
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"type": "rect", "size": [w, h], **rest}: return f"rect {w}x{h} {rest}"
        case {1: _, None: n}: return f"keys {n}"
        case {**everything} if everything: return f"all {everything}"
        case {}: return "empty or any mapping"
        case _: return "no mapping"
for x in {"type": "circle", "r": 2, "extra": 1}, {"type": "rect", "size": (1, 2), "c": "red"}, {1: 2, None: 3}, {"other": 1}, {}, [("type", 1)], None:
    print(f(x))
# expect: circle 2
# expect: rect 1x2 {'c': 'red'}
# expect: keys 3
# expect: all {'other': 1}
# expect: empty or any mapping
# expect: no mapping
# expect: no mapping
from collections import defaultdict, OrderedDict
d = defaultdict(list)
match d:
    case {"missing": _}: print("no")
    case _: print("default factory not used", dict(d))  # expect: default factory not used {}
class K: key = "k"
match OrderedDict(k=1):
    case {K.key: v}: print(v)  # expect: 1
class Getter(dict):
    def get(self, k, default=None):
        print("get", k)
        return super().get(k, default)
match Getter(a=1):
    case {"a": 1, "b": 2}: pass
    case {"a": x}: print("a", x)
    # expect: get a
    # expect: a 1
try:
    exec('match {}:\n case {"a": 1, "a": 2}: pass')
except SyntaxError as error:
    print(error.msg)  # expect: mapping pattern checks duplicate key ('a')
try:
    exec('class S:\n a = b = 1\nmatch {1: 2}:\n case {S.a: _, S.b: _}: pass')
except ValueError as error:
    print(error)
