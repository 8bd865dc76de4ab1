# What a metaclass, or `__new__`, does to calls of a class counts from the next call on, in hot loops as well.
class Meta(type):
    pass


class Box(metaclass=Meta):
    def __init__(self, value):
        self.value = value


def loop():
    total = 0
    for turn in range(80):
        box = Box(turn)
        total += box.value if isinstance(box, Box) else box
        if turn == 30:
            Meta.__call__ = lambda cls, value: 1000
        if turn == 40:
            del Meta.__call__
        if turn == 50:
            Box.__new__ = lambda cls, value: 7
        if turn == 60:
            Box.__new__ = lambda cls, value: object.__new__(cls)
        if turn == 70:
            Box.__init__ = lambda self, value: setattr(self, "value", -1)
    return total


print(loop())  # expect: 11636
