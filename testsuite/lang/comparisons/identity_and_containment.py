"""is, in and their negations."""
a = [1]
b = a
c = [1]
print(a is b, a is c, a == c, a is not c, not a is c)  # expect: True False True True True
print(None is None, () is (), "" is not None, True is (1 == 1))  # expect: True True True True
print(1 in [1, 2], 3 not in [1, 2], "b" in "abc", "" in "abc", "bc" in "abc", "ac" in "abc")  # expect: True True True True True False
print(1 in {1: 2}, 2 in {1: 2}, 2 in {1: 2}.values(), (1, 2) in {1: 2}.items())  # expect: True False True True
print(5 in range(10), 5.0 in range(10), 5.5 in range(10), 10 in range(0, 20, 3), -1 in range(3))  # expect: True True False False False
print(98 in b"abc", b"bc" in b"abc", None in [None], 0 in [False])  # expect: True True True True
nan = float("nan")
print(nan in [nan], float("nan") in [nan], nan in (1, nan), [nan].count(nan), [nan].index(nan))  # expect: True False True 1 0
try:
    1 in "abc"
except TypeError as error:
    print(error)  # expect: 'in <string>' requires string as left operand, not int
try:
    300 in b"abc"
except ValueError as error:
    print(error)  # expect: byte must be in range(0, 256)
try:
    "a" in b"abc"
except TypeError as error:
    print(error)  # expect: a bytes-like object is required, not 'str'
