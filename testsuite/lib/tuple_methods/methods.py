"""tuple."""
t = (1, 2, 3, 2)
print(t.count(2), t.index(2), t.index(2, 2), t + (4,), t * 2, t[1:], t[-1], len(t), 2 in t, t == (1, 2, 3, 2), t < (1, 3), hash(t) == hash((1, 2, 3, 2)), tuple(), tuple("ab"), tuple([1]), (1,), ((),))
# expect: 2 1 3 (1, 2, 3, 2, 4) (1, 2, 3, 2, 1, 2, 3, 2) (2, 3, 2) 2 4 True True True True () ('a', 'b') (1,) (1,) ((),)
for source in "(1,).index(2)", "(1,)[3]", "(1,) + [2]", "(1,) + 2", "(1,)['a']", "(1,).append", "hash(([],))", "tuple(5)", "tuple(1, 2)", "(1,) * 'a'", "(1, 2) < (1, 'a')", "(1,).count()", "tuple(x=1)":
    try:
        print(eval(source))
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError tuple.index(x): x not in tuple
# expect: IndexError tuple index out of range
# expect: TypeError can only concatenate tuple (not "list") to tuple
# expect: TypeError can only concatenate tuple (not "int") to tuple
# expect: TypeError tuple indices must be integers or slices, not str
# expect: AttributeError 'tuple' object has no attribute 'append'
# expect: TypeError unhashable type: 'list'
# expect: TypeError 'int' object is not iterable
# expect: TypeError tuple expected at most 1 argument, got 2
# expect: TypeError can't multiply sequence by non-int of type 'str'
# expect: TypeError '<' not supported between instances of 'int' and 'str'
# expect: TypeError tuple.count() takes exactly one argument (0 given)
# expect: TypeError tuple() takes no keyword arguments
print((1, 2) is tuple((1, 2)), repr((1, (2, [3]))), str(()), max((3, 1), (2, 9)), sorted([(2, "b"), (1, "z")]), (1, 2, 3)[::-1], ((1, 2), 3)[0][1])
# expect: True (1, (2, [3])) () (3, 1) [(1, 'z'), (2, 'b')] (3, 2, 1) 2
a, b = (1, 2)
print((b, a), (*"ab", 1), {(1, 2): "x"}[1, 2], {(1, "a"), (1.0, "a")}, (0, 1)[True])  # expect: (2, 1) ('a', 'b', 1) x {(1, 'a')} 1
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __repr__(self): return "T" + super().__repr__()
print(T(1, 2), T(1)[0], T(1) == (1,), T(1, 2) + (3,), hash(T(1)) == hash((1,)), T(3, 1).index(1))  # expect: T(1, 2) 1 True (1, 2, 3) True 1
print(hash((1, 2)) == hash((2, 1)), hash(()) == hash(()), () < (0,), (float("nan"),) == (float("nan"),))  # expect: False True True False
