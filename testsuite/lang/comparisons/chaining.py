"""Chained comparisons evaluate each operand once and stop early."""
def v(x):
    print("v", x)
    return x
print(v(1) < v(2) < v(3))
# expect: v 1
# expect: v 2
# expect: v 3
# expect: True
print(v(3) < v(2) < v(1))
# expect: v 3
# expect: v 2
# expect: False
print(1 < 2 > 1, 1 < 3 > 2 == 2 != 5, 1 == 1 in [1], 1 in [1] == True)  # expect: True True True False
print(3 > 2 > 1, (3 > 2) > 1, 0 == 0 == 0, not 1 < 2 < 3, 0 < 1 == True)  # expect: True False True False True
class Odd:
    def __init__(self, name):
        self.name = name
    def __lt__(self, other):
        print(self.name, "<", other.name)
        return []
    def __gt__(self, other):
        return "yes"
print(Odd("a") < Odd("b") < Odd("c"))
# expect: a < b
# expect: []
print(Odd("a") > Odd("b") > Odd("c"))  # expect: yes
print(1 is not None is not False, 1 not in [2] not in [3])  # expect: True True
x = 5
print(0 <= x <= 10, 0 <= x < 5, x == 5 == 5.0 is not None)  # expect: True False True
