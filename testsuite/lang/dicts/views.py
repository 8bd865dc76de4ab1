"""keys, values and items are live views with set operations."""
d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k))  # expect: dict_keys(['a', 'b']) dict_values([1, 2]) dict_items([('a', 1), ('b', 2)]) 2
d["c"] = 3
print(k, v, i, "c" in k, 3 in v, ("c", 3) in i, ("c", 4) in i, "c" in i)
# expect: dict_keys(['a', 'b', 'c']) dict_values([1, 2, 3]) dict_items([('a', 1), ('b', 2), ('c', 3)]) True True True False False
print(sorted(k & {"a", "z"}), sorted(k | ["q"]), sorted(k - {"a"}), sorted(k ^ {"a", "n"}), k == {"a", "b", "c"}, k >= {"a"}, k.isdisjoint("xyz"))
# expect: ['a'] ['a', 'b', 'c', 'q'] ['b', 'c'] ['b', 'c', 'n'] True True True
print(sorted(i & [("a", 1)]), sorted({("a", 1)} - i), v == d.values(), list(reversed(k)), list(reversed(i)))
# expect: [('a', 1)] [] False ['c', 'b', 'a'] [('c', 3), ('b', 2), ('a', 1)]
print(type(k).__name__, type(v).__name__, type(i).__name__, k.mapping["a"], sorted({"z", "a"} - k))
# expect: dict_keys dict_values dict_items 1 ['z']
for bad in lambda: k[0], lambda: k + k, lambda: hash(k), lambda: len(iter(k)), lambda: k.add("x"):
    try:
        bad()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: AttributeError
try:
    k.mapping["x"] = 1
except TypeError as error:
    print(error)  # expect: 'mappingproxy' object does not support item assignment
it = iter(d)
next(it)
d["a"] = 100
print(list(it))  # expect: ['b', 'c']
d.clear()
print(k, list(i), len(v))  # expect: dict_keys([]) [] 0
print({"x": [1]}.items() == {"x": [1]}.items(), {1: 2}.keys() == {1: 3}.keys(), {1: 2}.items() <= {1: 2, 3: 4}.items())  # expect: True True True
