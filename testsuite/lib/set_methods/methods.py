"""Methods of set and frozenset."""
s = {1, 2, 3}
print(s.add(4), s.discard(9), s.remove(1), sorted(s), sorted(s.union([7], {8})), sorted(s.intersection([2, 3, 9])), sorted(s.difference([2])), sorted(s.symmetric_difference([2, 100])))
# expect: None None None [2, 3, 4] [2, 3, 4, 7, 8] [2, 3] [3, 4] [3, 4, 100]
s.update([5], (6,)); print(sorted(s))  # expect: [2, 3, 4, 5, 6]
s.intersection_update({2, 3, 5}, [2, 5]); print(sorted(s))  # expect: [2, 5]
s.difference_update([2]); print(sorted(s))  # expect: [5]
s.symmetric_difference_update([5, 6]); print(sorted(s), s.pop(), s, s.clear(), s)  # expect: [6] 6 set() None set()
f = frozenset("abc")
print(f.copy() is f, sorted(f | {"d"}), f >= {"a"}, f.issuperset("ab"), f.isdisjoint("xyz"), f == set("abc"), {f: 1}[frozenset("cba")], type(f - {"a"}).__name__, frozenset(f) is f, len(frozenset()))
# expect: True ['a', 'b', 'c', 'd'] True True True True 1 frozenset True 0
for source in "{1}.remove(2)", "set().pop()", "{1}.add()", "{1}.update(5)", "{1} - [1]", "frozenset([1]).add(2)", "{1} ^ 5", "set('a', 'b')", "{1}.issubset(5)", "{1}.union(1)", "hash({1})", "{1} <= 5", "frozenset(5)", "{1}[0]", "{1}.isdisjoint()", "set(a=1)":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: KeyError 2
# expect: KeyError 'pop from an empty set'
# expect: TypeError set.add() takes exactly one argument (0 given)
# expect: TypeError 'int' object is not iterable
# expect: TypeError unsupported operand type(s) for -: 'set' and 'list'
# expect: AttributeError 'frozenset' object has no attribute 'add'
# expect: TypeError unsupported operand type(s) for ^: 'set' and 'int'
# expect: TypeError set expected at most 1 argument, got 2
# expect: TypeError 'int' object is not iterable
# expect: TypeError 'int' object is not iterable
# expect: TypeError unhashable type: 'set'
# expect: TypeError '<=' not supported between instances of 'set' and 'int'
# expect: TypeError 'int' object is not iterable
# expect: TypeError 'set' object is not subscriptable
# expect: TypeError set.isdisjoint() takes exactly one argument (0 given)
# expect: TypeError set() takes no keyword arguments
a = {1, 2}
a |= frozenset([3]); a &= {2, 3}; a ^= {9}; a -= {2}
print(sorted(a), {1, 2} == frozenset([2, 1]), {1} | set(), sorted({1, 2}.union()), {1} < {1, 2} < {1, 2, 3}, {1, 2}.issubset({1, 2}), not {1} < {1})
# expect: [3, 9] True {1} [1, 2] True True True
nested = {frozenset([1]), frozenset([2])}
print({1} in nested, nested.discard({1}), nested, {2} in nested)  # expect: True None {frozenset({2})} True
