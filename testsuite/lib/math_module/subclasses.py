# Subclasses of float may round in a way of their own.
import math


class Odd(float):
    def __trunc__(self):
        return 23

    def __floor__(self):
        return 24

    def __ceil__(self):
        return 25


class Plain(float):
    pass


print(math.trunc(Odd(1.5)), math.floor(Odd(1.5)), math.ceil(Odd(1.5)))  # expect: 23 24 25
print(math.trunc(Plain(1.5)), math.floor(Plain(1.5)), math.ceil(Plain(1.5)))  # expect: 1 1 2
