"""Changing containers while iterating."""
l = [1, 2, 3, 4]
for x in l:
    if x < 3:
        l.remove(x)
print(l)  # expect: [2, 3, 4]
l = [1]
for x in l:
    if len(l) < 5:
        l.append(x + 1)
print(l)  # expect: [1, 2, 3, 4, 5]
d = {"a": 1, "b": 2}
try:
    for k in d:
        d[k + "x"] = 1
except RuntimeError as error:
    print(error)  # expect: dictionary changed size during iteration
try:
    for k in d:
        del d[k]
except RuntimeError as error:
    print(error)  # expect: dictionary changed size during iteration
d = {"a": 1, "b": 2}
for k in d:
    d[k] = 5
print(d)  # expect: {'a': 5, 'b': 5}
try:
    for k in d:
        d.pop(k)
        d["n" + k] = 1
except RuntimeError as error:
    print(error)  # expect: dictionary keys changed during iteration
for view in d.items(), d.values():
    try:
        for _ in view:
            d[len(d)] = 0
    except RuntimeError as error:
        print(error)
# expect: dictionary changed size during iteration
# expect: dictionary changed size during iteration
s = {1, 2, 3}
try:
    for x in s:
        s.add(x + 100)
except RuntimeError as error:
    print(error)  # expect: Set changed size during iteration
for x in list(s):
    s.discard(x)
print(s)  # expect: set()
from collections import deque
q = deque([1, 2])
try:
    for x in q:
        q.append(x)
except RuntimeError as error:
    print(error)  # expect: deque mutated during iteration
b = bytearray(b"ab")
for x in b:
    if len(b) < 4:
        b.append(x + 1)
print(b)  # expect: bytearray(b'abbc')
