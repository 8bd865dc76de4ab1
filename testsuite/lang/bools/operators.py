"""bool is an int with two values."""
print(True + True, True * 3, True / 2, -True, True ** 2, True << 2)  # expect: 2 3 0.5 -1 1 4
print(True & False, True | False, True ^ True, True & 3, 4 | True, not True, not 0)  # expect: False True False 1 5 False True
print(isinstance(True, int), issubclass(bool, int), bool.__mro__ == (bool, int, object))  # expect: True True True
print(True == 1, "skip", True == "True", [10, 20][True])  # expect: True skip False 20
print(repr(True), str(False), int(True), float(True), f"{True:d}", f"{True}", f"{True:>6}", "%d %s" % (True, False))
# expect: True False 1 1.0 1 True      1 1 False
print(bool(), bool(""), bool(" "), bool([]), bool([0]), bool(0.0), bool({}), bool(range(0)), bool(object()))
# expect: False False True False True False False False True
print(sum([True, True, False]), max(False, True), sorted([True, False]))  # expect: 2 True [False, True]
print({True: "yes", 1: "one", 1.0: "float"})  # expect: {True: 'float'}
try:
    class Sub(bool):
        pass
except TypeError as error:
    print(error)  # expect: type 'bool' is not an acceptable base type
try:
    bool(1, 2)
except TypeError as error:
    print(error)  # expect: bool expected at most 1 argument, got 2
