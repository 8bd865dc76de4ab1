"""collections.deque."""
from collections import deque
d = deque([1, 2, 3], maxlen=5)
d.append(4); d.appendleft(0); d.append(5)
print(d, d.maxlen, len(d), d[0], d[-1], 3 in d, d.pop(), d.popleft(), d)
# expect: deque([2, 3, 4], maxlen=5) 5 5 1 5 True 5 1 deque([2, 3, 4], maxlen=5)
d.extend([7, 8]); d.extendleft([9, 10])
print(d)  # expect: deque([10, 9, 2, 3, 4], maxlen=5)
d = deque(range(5))
d.rotate(2); print(d)  # expect: deque([3, 4, 0, 1, 2])
d.rotate(-3); print(d, d.index(0), d.count(4), d.copy() == d)  # expect: deque([1, 2, 3, 4, 0]) 4 1 True
d.remove(0); d.insert(1, "i"); d.reverse()
print(d, list(reversed(d)), d * 2, d + deque("z"), d == deque(list(d)), d < deque([9]), deque("ab") != ["a", "b"])
# expect: deque([4, 3, 2, 'i', 1]) [1, 'i', 2, 3, 4] deque([4, 3, 2, 'i', 1, 4, 3, 2, 'i', 1]) deque([4, 3, 2, 'i', 1, 'z']) True True True
d[0] = "first"
del d[1]
d += "xy"
print(d, deque(), deque("abc", 2), deque(maxlen=0), bool(deque()), repr(deque([deque()])))
# expect: deque(['first', 2, 'i', 1, 'x', 'y']) deque([]) deque(['b', 'c'], maxlen=2) deque([], maxlen=0) False deque([deque([])])
for call in lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: deque([1]).remove(2), lambda: deque([1])[0:1], lambda: deque(5), lambda: deque([1], -1), lambda: deque(maxlen="x"), lambda: deque([1], 1).insert(0, 2), lambda: hash(deque()), lambda: deque([1]).index(5), lambda: deque() + [1]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
# expect: IndexError pop from an empty deque
# expect: IndexError pop from an empty deque
# expect: IndexError deque index out of range
# expect: ValueError 2 is not in deque
# expect: TypeError sequence index must be integer, not 'slice'
# expect: TypeError 'int' object is not iterable
# expect: ValueError maxlen must be non-negative
# expect: TypeError an integer is required
# expect: IndexError deque already at its maximum size
# expect: TypeError unhashable type: 'collections.deque'
# expect: ValueError 5 is not in deque
# expect: TypeError can only concatenate deque (not "list") to deque
q = deque([1])
for _ in range(1000): q.append(q.popleft() + 1)
print(q, deque(iter("ab")).popleft(), sum(deque(range(100), 10)))  # expect: deque([1001]) a 945
