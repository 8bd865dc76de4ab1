"""pprint and reprlib."""
import pprint, reprlib
data = {"numbers": list(range(30)), "nested": {"a": [1, {"b": ("x" * 30, "y" * 40)}], "set": {7}}, "text": "word " * 30}
pprint.pprint(data)
# expect: {'nested': {'a': [1,
# expect:                   {'b': ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
# expect:                          'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy')}],
# expect:             'set': {7}},
# expect:  'numbers': [0,
# expect:              1,
# expect:              2,
# expect:              3,
# expect:              4,
# expect:              5,
# expect:              6,
# expect:              7,
# expect:              8,
# expect:              9,
# expect:              10,
# expect:              11,
# expect:              12,
# expect:              13,
# expect:              14,
# expect:              15,
# expect:              16,
# expect:              17,
# expect:              18,
# expect:              19,
# expect:              20,
# expect:              21,
# expect:              22,
# expect:              23,
# expect:              24,
# expect:              25,
# expect:              26,
# expect:              27,
# expect:              28,
# expect:              29],
# expect:  'text': 'word word word word word word word word word word word word word '
# expect:          'word word word word word word word word word word word word word '
# expect:          'word word word word '}
pprint.pprint(data, depth=1)
# expect: {'nested': {...},
# expect:  'numbers': [...],
# expect:  'text': 'word word word word word word word word word word word word word '
# expect:          'word word word word word word word word word word word word word '
# expect:          'word word word word '}
pprint.pprint({"b": 1, "a": 2}, sort_dicts=False)  # expect: {'b': 1, 'a': 2}
pprint.pprint([["x" * 20] * 3] * 2, width=40, indent=2)
# expect: [ [ 'xxxxxxxxxxxxxxxxxxxx',
# expect:     'xxxxxxxxxxxxxxxxxxxx',
# expect:     'xxxxxxxxxxxxxxxxxxxx'],
# expect:   [ 'xxxxxxxxxxxxxxxxxxxx',
# expect:     'xxxxxxxxxxxxxxxxxxxx',
# expect:     'xxxxxxxxxxxxxxxxxxxx']]
pprint.pprint(list(range(40)), compact=True, width=60)
# expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
# expect:  17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
# expect:  32, 33, 34, 35, 36, 37, 38, 39]
print(pprint.pformat((1,)), pprint.pformat([]), pprint.pformat({}), pprint.pformat({"k": ()}), pprint.pformat(123456789, underscore_numbers=True), pprint.isreadable([1]), pprint.saferepr([1, "a"]))
# expect: (1,) [] {} {'k': ()} 123_456_789 True [1, 'a']
l = [1]
l.append(l)
print(pprint.isrecursive(l), pprint.isreadable(l))  # expect: True False
import collections, dataclasses
pprint.pprint(collections.OrderedDict(a=1, b="y" * 70))
# expect: OrderedDict([('a', 1),
# expect:              ('b',
# expect:               'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy')])
pprint.pprint(collections.Counter("aab"))  # expect: Counter({'a': 2, 'b': 1})
@dataclasses.dataclass
class P:
    name: str
    items: list
pprint.pprint(P("n" * 40, ["i" * 30] * 2))
# expect: P(name='nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn',
# expect:   items=['iiiiiiiiiiiiiiiiiiiiiiiiiiiiii', 'iiiiiiiiiiiiiiiiiiiiiiiiiiiiii'])
print(reprlib.repr(list(range(100))), reprlib.repr("x" * 100), reprlib.repr({i: i for i in range(10)}), reprlib.repr([[[[[[[[1]]]]]]]]), reprlib.repr(10 ** 100))
# expect: [0, 1, 2, 3, 4, 5, ...] 'xxxxxxxxxxxx...xxxxxxxxxxxxx' {0: 0, 1: 1, 2: 2, 3: 3, ...} [[[[[[[...]]]]]]] 100000000000000000...0000000000000000000
class R:
    @reprlib.recursive_repr()
    def __repr__(self): return f"<{self.me!r}>"
r = R(); r.me = r
print(r)  # expect: <...>
