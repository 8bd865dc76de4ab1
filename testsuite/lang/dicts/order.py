"""Insertion order through updates, deletes and merges."""
d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 9
print(d, list(d))  # expect: {'b': 9, 'a': 2, 'c': 3} ['b', 'a', 'c']
del d["a"]
d["a"] = 0
print(d)  # expect: {'b': 9, 'c': 3, 'a': 0}
print(d | {"z": 1, "b": 5}, {"z": 1, "b": 5} | d)  # expect: {'b': 5, 'c': 3, 'a': 0, 'z': 1} {'z': 1, 'b': 9, 'c': 3, 'a': 0}
d |= [("q", 1), ("c", 7)]
print(d)  # expect: {'b': 9, 'c': 7, 'a': 0, 'q': 1}
print(d.popitem(), d.popitem(), d)  # expect: ('q', 1) ('a', 0) {'b': 9, 'c': 7}
print({**{"x": 1, "y": 2}, "x": 3}, dict(a=1, **{"b": 2}, c=3), dict([("k", 1), ("j", 2), ("k", 3)]))
# expect: {'x': 3, 'y': 2} {'a': 1, 'b': 2, 'c': 3} {'k': 3, 'j': 2}
d = {i: i for i in range(5)}
for k in 1, 3:
    del d[k]
d[1] = "back"
print(d, list(d.items())[-1], next(iter(d)), next(reversed(d)))  # expect: {0: 0, 2: 2, 4: 4, 1: 'back'} (1, 'back') 0 1
d.setdefault(7, "new")
d.setdefault(0, "ignored")
d.update({2: "two", 8: "eight"})
print(d)  # expect: {0: 0, 2: 'two', 4: 4, 1: 'back', 7: 'new', 8: 'eight'}
print(dict(reversed(d.items())), dict.fromkeys("bca", 0), dict(sorted(d.items(), key=lambda kv: -kv[0])))
# expect: {8: 'eight', 7: 'new', 1: 'back', 4: 4, 2: 'two', 0: 0} {'b': 0, 'c': 0, 'a': 0} {8: 'eight', 7: 'new', 4: 4, 2: 'two', 1: 'back', 0: 0}
big = {i: str(i) for i in range(1000)}
for i in range(0, 1000, 2):
    del big[i]
for i in range(0, 1000, 200):
    big[i] = "again"
print(len(big), list(big)[:3], list(big)[-5:], big[999])  # expect: 505 [1, 3, 5] [0, 200, 400, 600, 800] 999
big.clear()
big["only"] = 1
print(big)  # expect: {'only': 1}
print({1: "a", True: "b", 1.0: "c"}, {"a": 1} == {"a": 1.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1})  # expect: {1: 'c'} True True
