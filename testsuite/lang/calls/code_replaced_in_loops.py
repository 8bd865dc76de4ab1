# Setting `__code__` counts from the next call on, in loops that have called the function many times as well.
def one(x):
    return x + 1


def double(x):
    return x * 2


def plain():
    def local(x):
        return x + 1

    total = 0
    for turn in range(60):
        total += local(turn)
        if turn == 40:
            local.__code__ = double.__code__
    return total


def positional(a, b=2):
    return a - b


def named():
    def local(a, b=2):
        return a + b

    total = 0
    for turn in range(60):
        total += local(b=turn, a=1) + local(turn)
        if turn == 40:
            local.__code__ = positional.__code__
        if turn == 50:
            local.__defaults__ = (100,)
    return total


class Box:
    def __init__(self, value):
        self.value = value

    @property
    def size(self):
        return self.value

    def half(self):
        return self.value // 2

    def other_init(self, value):
        self.value = -value

    def other_size(self):
        return self.value + 1000

    def other_half(self):
        return self.value * 3


def members():
    total = 0
    for turn in range(80):
        box = Box(turn)
        total += box.size + box.half()
        if turn == 20:
            Box.half.__code__ = Box.other_half.__code__
        if turn == 40:
            Box.size.fget.__code__ = Box.other_size.__code__
        if turn == 60:
            Box.__init__.__code__ = Box.other_init.__code__
    return total


print(plain(), named(), members())  # expect: 2761 862 40470
total = 0
for turn in range(60):
    total += one(turn)
    if turn == 40:
        one.__code__ = double.__code__
print(total)  # expect: 2761
