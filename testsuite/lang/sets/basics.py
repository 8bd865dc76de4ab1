"""Sets hold distinct elements."""
s = {3, 1, 2, 3, 1}
print(len(s), sorted(s), 2 in s, s == {1, 2, 3}, set() == {*()}, {1} != {1.0})  # expect: 3 [1, 2, 3] True True True False
print(sorted({1, 2} | {2, 3}), {1, 2} & {2, 3}, {1, 2} - {2, 3}, sorted({1, 2} ^ {2, 3}))  # expect: [1, 2, 3] {2} {1} [1, 3]
print(type({1} | frozenset([2])).__name__, type(frozenset([1]) | {2}).__name__, frozenset([1]) == {1}, hash(frozenset([1, 2])) == hash(frozenset([2, 1])))
# expect: set frozenset True True
print({1, 2} < {1, 2, 3}, {1, 2} <= {1, 2}, {1} > set(), {1}.issubset([1, 2]), {1, 2}.issuperset("") , {1}.isdisjoint([2]))
# expect: True True True True True True
s = {1}
s |= {2}; s &= {2, 3}; s ^= {5}; s -= {2}
print(s)  # expect: {5}
for source in "{1} | [2]", "{1} + {2}", "{1}[0]", "{1} < [1]", "{1} & None", "set(5)", "{1}.union(5)", "frozenset().add(1)", "{1}.remove(2)", "set().pop()", "set(1, 2)", "s | 'a'":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: TypeError unsupported operand type(s) for |: 'set' and 'list'
# expect: TypeError unsupported operand type(s) for +: 'set' and 'set'
# expect: TypeError 'set' object is not subscriptable
# expect: TypeError '<' not supported between instances of 'set' and 'list'
# expect: TypeError unsupported operand type(s) for &: 'set' and 'NoneType'
# expect: TypeError 'int' object is not iterable
# expect: TypeError 'int' object is not iterable
# expect: AttributeError 'frozenset' object has no attribute 'add'
# expect: KeyError 2
# expect: KeyError 'pop from an empty set'
# expect: TypeError set expected at most 1 argument, got 2
# expect: TypeError unsupported operand type(s) for |: 'set' and 'str'
print({frozenset([1]): "fs"}[frozenset({1})], frozenset("a"), set("a"), {()}, repr(set()), repr(frozenset()))
# expect: fs frozenset({'a'}) {'a'} {()} set() frozenset()
print({1, True, 1.0}, {0, False}, {(1, 2), (1, 2)}, {frozenset([1])} == {frozenset([1])}, {1} in [{1}], frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])})
# expect: {1} {0} {(1, 2)} True True True True
a = {1, 2}
b = a
b.add(3)
print(a is b, len(a), a.copy() is a, sorted(a.union([7], (8,), {9: 0})), a.intersection([1, 9], [1]), sorted(a.difference([1], [2])))
# expect: True 3 False [1, 2, 3, 7, 8, 9] {1} [3]
