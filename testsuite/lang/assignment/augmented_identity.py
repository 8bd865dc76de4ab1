"""Mutable objects change in place, immutable ones are replaced."""
a = b = [1]
a += [2]
print(a is b, b)  # expect: True [1, 2]
a = a + [3]
print(a is b, b)  # expect: False [1, 2]
a = b = (1,)
a += (2,)
print(a is b, b)  # expect: False (1,)
a = b = "x"
a += "y"
print(a, b)  # expect: xy x
a = b = {1}
a |= {2}
a -= {1}
a ^= {5}
print(a is b, sorted(a))  # expect: True [2, 5]
a = b = frozenset([1])
a |= {2}
print(a is b, sorted(a))  # expect: False [1, 2]
a = b = {"k": 1}
a |= {"j": 2}
print(a is b, a)  # expect: True {'k': 1, 'j': 2}
a = b = bytearray(b"x")
a += b"y"
a *= 2
print(a is b, a)  # expect: True bytearray(b'xyxy')
t = ([1], 2)
try:
    t[0] += [5]
except TypeError as error:
    print(error, t)  # expect: 'tuple' object does not support item assignment ([1, 5], 2)
l = [1]
l += "ab"
l += (3,)
l += (c for c in "z")
print(l)  # expect: [1, 'a', 'b', 3, 'z']
try:
    l += 5
except TypeError as error:
    print(error)  # expect: 'int' object is not iterable
l *= 0
print(l)  # expect: []
def default(x=[]):
    x += [1]
    return len(x)
print(default(), default())  # expect: 1 2
