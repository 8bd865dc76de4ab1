"""collections.Counter."""
from collections import Counter
c = Counter("abracadabra")
print(c, c["a"], c["z"], c.most_common(2), c.most_common()[-1], c.total(), len(c), sorted(c.elements())[:6], "z" in c)
# expect: Counter({'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1}) 5 0 [('a', 5), ('b', 2)] ('d', 1) 11 5 ['a', 'a', 'a', 'a', 'a', 'b'] False
c.update("aab"); c.subtract({"a": 1, "q": 2})
print(c["a"], c["q"], +c == Counter({k: v for k, v in c.items() if v > 0}), (-c), dict(c)["q"])  # expect: 6 -2 True Counter({'q': 2}) -2
a, b = Counter(x=3, y=1), Counter(x=1, z=2)
print(a + b, a - b, a & b, a | b, a == Counter({"y": 1, "x": 3}), a >= Counter(x=1), a <= b, Counter(a=0) == Counter(), Counter(x=1) < Counter(x=2))
# expect: Counter({'x': 4, 'z': 2, 'y': 1}) Counter({'x': 2, 'y': 1}) Counter({'x': 1}) Counter({'x': 3, 'z': 2, 'y': 1}) True True False True True
a += b; a -= Counter(z=5)
print(a, Counter(), Counter([1, 1, 2]), Counter({"a": -1}), repr(Counter(b=1, a=2)), Counter(a=1).copy(), type(a + b).__name__)
# expect: Counter({'x': 4, 'y': 1}) Counter() Counter({1: 2, 2: 1}) Counter({'a': -1}) Counter({'a': 2, 'b': 1}) Counter({'a': 1}) Counter
del a["x"], a["never"]
print(a)  # expect: Counter({'y': 1})
for call in lambda: Counter(5), lambda: Counter.fromkeys("ab"), lambda: Counter("a", "b"), lambda: Counter("a") + {"a": 1}:
    try:
        call()
    except (TypeError, NotImplementedError) as error:
        print(type(error).__name__, error)
# expect: TypeError 'int' object is not iterable
# expect: NotImplementedError Counter.fromkeys() is undefined.  Use Counter(iterable) instead.
# expect: TypeError Counter.__init__() takes from 1 to 2 positional arguments but 3 were given
# expect: TypeError unsupported operand type(s) for +: 'Counter' and 'dict'
words = "the cat and the dog and the bird".split()
print(Counter(words).most_common(2), sum(Counter(map(len, words)).values()), max(Counter(words), key=Counter(words).get), Counter(words) - Counter(["the", "cat"]))
# expect: [('the', 3), ('and', 2)] 8 the Counter({'the': 2, 'and': 2, 'dog': 1, 'bird': 1})
