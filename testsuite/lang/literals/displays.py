"""Displays: tuples, lists, sets, dicts."""
print((), (1,), (1, 2), 1, )  # expect: () (1,) (1, 2) 1
t = 1,
print(t, (1), ((),), [(), []])  # expect: (1,) 1 ((),) [(), []]
print([], [1, ], [[]], [*range(3), *"ab"])  # expect: [] [1] [[]] [0, 1, 2, 'a', 'b']
print({}, {1: 2, }, {**{"a": 1}, "b": 2, **{"a": 3}})  # expect: {} {1: 2} {'a': 3, 'b': 2}
print({1}, {1, 1.0, True}, {1.0, 1})  # expect: {1} {1} {1.0}
print({1: "a", 1.0: "b", True: "c"})  # expect: {1: 'c'}
print(set(), len({*()}), {*[3, 3]})  # expect: set() 0 {3}
print((*[1, 2],), [*{}], {*range(2), 7} == {0, 1, 7})  # expect: (1, 2) [] True
x = *[1], 2
print(x)  # expect: (1, 2)
print({"k": 1, "k": 2}, {None: None, ...: ...})  # expect: {'k': 2} {None: None, Ellipsis: Ellipsis}
print([1, 2, 3,][1], {"a": [1]}["a"][0], (1, 2)[-1])  # expect: 2 1 2
