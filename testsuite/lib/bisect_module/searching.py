"""bisect."""
from bisect import *
l = [1, 2, 2, 2, 5]
print(bisect_left(l, 2), bisect_right(l, 2), bisect(l, 0), bisect_left(l, 9), bisect_left(l, 2, 2), bisect_right(l, 2, 0, 2), bisect_left([], 1), bisect_left(["a", "bb", "cccc"], 3, key=len))
# expect: 1 4 0 5 2 2 0 2
insort(l, 3); insort_left(l, 2); insort_right(l, 5.5)
print(l)  # expect: [1, 2, 2, 2, 2, 3, 5, 5.5]
r = [("a", 3), ("b", 1)]
insort(r, ("c", 2), key=lambda t: -t[1])
print(r, [["F", "D", "C", "B", "A"][bisect([60, 70, 80, 90], s)] for s in (33, 60, 75, 89.9, 100)])
# expect: [('a', 3), ('c', 2), ('b', 1)] ['F', 'D', 'C', 'B', 'A']
for call in lambda: bisect([1], "a"), lambda: bisect([1], 1, -1), lambda: bisect(5, 1), lambda: insort((1,), 2):
    try:
        print(call())
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
# expect: TypeError '<' not supported between instances of 'str' and 'int'
# expect: ValueError lo must be non-negative
# expect: TypeError object of type 'int' has no len()
# expect: AttributeError 'tuple' object has no attribute 'insert'
class Seq:
    def __len__(self): return 10 ** 6
    def __getitem__(self, i): return i * i
print(bisect_left(Seq(), 999 ** 2), bisect(Seq(), 50))  # expect: 999 8
def lis(xs):
    t = []
    for x in xs:
        i = bisect_left(t, x)
        t[i:i + 1] = [x]
    return len(t)
print(lis([10, 9, 2, 5, 3, 7, 101, 18]))  # expect: 4
