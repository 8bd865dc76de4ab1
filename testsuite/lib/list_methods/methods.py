"""Every method of list."""
l = [3, 1, 2]
print(l.append(4), l.extend("ab"), l.insert(1, "i"), l, l.pop(), l.pop(0), l.pop(-2), l)
# expect: None None None ['i', 1, 2, 'a'] b 3 4 ['i', 1, 2, 'a']
l = [1, 2, 3, 2]
print(l.index(2), l.index(2, 2), l.index(2, -1), l.count(2), l.remove(2), l, l.reverse(), l, l.copy() == l, l.copy() is l, l.clear(), l)
# expect: 1 3 3 2 None [] None [] True False None []
l = [1, 2]
l.insert(100, "end"); l.insert(-100, "start"); l.insert(-1, "before last")
print(l)  # expect: ['start', 1, 2, 'before last', 'end']
l.extend(l); l += l[:1]; l *= 1
print(l, l.__contains__("end"), [1] * 3, [1, 2] + [3], [[]] * 2, -1 * [1], [1, 2] == [1, 2], [1, 2].__eq__((1, 2)))
# expect: ['start', 1, 2, 'before last', 'end', 'start', 1, 2, 'before last', 'end', 'start'] True [1, 1, 1] [1, 2, 3] [[], []] [] True NotImplemented
for source in "[].pop()", "[1].pop(5)", "[1].pop('a')", "[1].remove(2)", "[1].insert('a', 1)", "[1].insert(1)", "[1].extend(5)", "[1].extend()", "[1] + (2,)", "[1] + 5", "[1][1]", "[1]['a']", "[1] * 1.5", "[].index(1, 2, 3, 4)", "[1].sort(5)", "list.append([1])", "[1].nope", "[1].count()", "[].append(x=1)", "[1].index(1, 'a')":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: IndexError pop from empty list
# expect: IndexError pop index out of range
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: ValueError list.remove(x): x not in list
# expect: TypeError 'str' object cannot be interpreted as an integer
# expect: TypeError insert expected 2 arguments, got 1
# expect: TypeError 'int' object is not iterable
# expect: TypeError list.extend() takes exactly one argument (0 given)
# expect: TypeError can only concatenate list (not "tuple") to list
# expect: TypeError can only concatenate list (not "int") to list
# expect: IndexError list index out of range
# expect: TypeError list indices must be integers or slices, not str
# expect: TypeError can't multiply sequence by non-int of type 'float'
# expect: TypeError index expected at most 3 arguments, got 4
# expect: TypeError sort() takes no positional arguments
# expect: TypeError list.append() takes exactly one argument (0 given)
# expect: AttributeError 'list' object has no attribute 'nope'
# expect: TypeError list.count() takes exactly one argument (0 given)
# expect: TypeError list.append() takes no keyword arguments
# expect: TypeError slice indices must be integers or have an __index__ method
print(list("abc"), list({1: 2}), list(), list(range(3)), repr([[], [()]]), [1, [2]][1][0], bool([]), hash(tuple([1])) == hash((1,)))
# expect: ['a', 'b', 'c'] [1] [] [0, 1, 2] [[], [()]] 2 False True
class Idx:
    def __index__(self): return 1
print([10, 20, 30].pop(Idx()), [10, 20, 30][Idx()], [1, 2, 3][Idx():], [1] * Idx())  # expect: 20 20 [2, 3] [1]
