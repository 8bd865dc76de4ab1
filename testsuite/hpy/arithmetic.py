# Arithmetic, items, construction and calls of classes in C, in loops that become machine code.
import gc

import arithmetic
from arithmetic import Made, Started, Sum, Switch


def tried(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def loop(function, *values, passes=80):
    """What the function gives for the last values, and how many results differ from the first ones."""
    first = [tried(function, *value) for value in values]
    wrong = 0
    for i in range(passes):
        wrong += sum(tried(function, *value) != old for value, old in zip(values, first))
    return wrong, first[-1]


class Reflected:
    def __radd__(self, other):
        return "radd"

    def __rsub__(self, other):
        return NotImplemented

    def __str__(self):
        return "reflected"


class Mine(Sum):
    def __add__(self, other):
        return "mine"

    def __radd__(self, other):
        return "mine, too"


class Number(int):
    pass


def calculated(a, b):
    return a + b, a - b


USUAL = [(Sum(1), Sum(2))] * 40
print(loop(calculated, *USUAL, (Sum(1), 5), (5, Sum(3))))  # expect: (0, (8, 2))
print(loop(calculated, (1, Sum(2)), (Number(5), Sum(3)), (True, Sum(3))))  # expect: (0, (4, -2))
print(loop(calculated, *USUAL, (Sum(1), Sum(13))))  # expect: (0, 'ValueError: thirteen')
print(loop(calculated, *USUAL, (Sum(1), 2.5)))
# expect: (0, "TypeError: unsupported operand type(s) for +: 'arithmetic.Sum' and 'float'")
print(loop(calculated, *[(2, Sum(2))] * 40, (2, Sum(8))))
# expect: (0, "TypeError: unsupported operand type(s) for +: 'int' and 'arithmetic.Sum'")
print(loop(calculated, *[(2.0, Sum(2))] * 3, (2, Sum(2)), (2.5, Sum(8))))
# expect: (0, "TypeError: unsupported operand type(s) for +: 'float' and 'arithmetic.Sum'")
print(loop(lambda a, b: a + b, *USUAL, (Sum(1), Reflected()), (Sum(8), Reflected())))  # expect: (0, 'radd')
print(loop(lambda a, b: a - b, *USUAL, (Sum(8), Reflected())))
# expect: (0, "TypeError: unsupported operand type(s) for -: 'arithmetic.Sum' and 'Reflected'")
print(loop(lambda a, b: a + b, *USUAL, (Mine(1), Sum(2)), (Sum(1), Mine(2))))  # expect: (0, 'mine, too')
print(loop(lambda a, b: a - b, *USUAL, (Mine(1), Sum(2)), (Sum(8), Mine(2)), (Sum(9), Mine(2))))  # expect: (0, 7)


def in_place(a, b):
    a += b
    a -= 1
    return a


def grown(by, times):
    total = Sum(0)
    for i in range(times):
        total += by
    return total.n if isinstance(total, Sum) else total


print(loop(grown, (2, 5), (3, 300)))  # expect: (0, 900)
print(loop(lambda a, b: in_place(Sum(a), b), *[(1, 2)] * 40, (1, 7)))  # expect: (0, 7)
print(loop(lambda a, b: in_place(Sum(a), b), *[(1, 2)] * 40, (1, 13)))  # expect: (0, 'ValueError: no thirteen')
print(loop(lambda a, b: in_place(Sum(a), b), *[(1, 2)] * 40, (1, 8)))
# expect: (0, "TypeError: unsupported operand type(s) for +=: 'arithmetic.Sum' and 'int'")
print(loop(lambda a, b: in_place(Sum(a), b), *[(1, 2)] * 40, (1, "text")))
# expect: (0, "TypeError: unsupported operand type(s) for +=: 'arithmetic.Sum' and 'str'")
print(loop(lambda a, b: in_place(a, b), *[(1, Sum(2))] * 40, (1, Sum(8))))
# expect: (0, "TypeError: unsupported operand type(s) for +=: 'int' and 'arithmetic.Sum'")
print(loop(lambda a, b: in_place(a, b), *[(1, Sum(2))] * 40, (Sum(8), Reflected())))
# expect: (0, "TypeError: unsupported operand type(s) for -=: 'str' and 'int'")


def items(a, at):
    return a[at], a[-1], a[at - 3]


print(loop(items, *[(Sum(1), 0)] * 40, (Sum(1), 1), (Sum(5), 4)))  # expect: (0, (9, 9, 6))
print(loop(items, *[(Sum(1), 0)] * 40, (Sum(1), 2)))  # expect: (0, 'ValueError: no third')
print(loop(items, *[(Sum(1), 0)] * 40, (Sum(1), 5)))  # expect: (0, 'IndexError: 0 to 4')
print(loop(items, *[(Sum(1), 0)] * 40, (Sum(1), "x")))
# expect: (0, "TypeError: sequence index must be integer, not 'str'")
print(loop(items, *[(Sum(1), 0)] * 40, (Sum(1), 1 << 70)))
# expect: (0, "IndexError: cannot fit 'int' into an index-sized integer")
print(loop(items, *[(Sum(1), 0)] * 40, (Sum(1000), 0)))  # expect: (0, 'ValueError: no length')


def changes(a, at, to):
    a[at] = to
    first = a.n
    a[-2] = to
    second = a.n
    del a[at]
    return first, second, a.n


print(loop(changes, *[(Sum(1), 1, 2)] * 40, (Sum(1), 4, 5)))  # expect: (0, (54, 53, -4))
print(loop(changes, *[(Sum(1), 1, 2)] * 40, (Sum(1), 1, -2)))  # expect: (0, 'ValueError: negative')
print(loop(changes, *[(Sum(1), 1, 2)] * 40, (Sum(1), 1, "x")))
# expect: (0, "TypeError: 'str' object cannot be interpreted as an integer")


class Sub(Made):
    pass


class Loud(Made):
    def __init__(self, *args):
        super().__init__(5)
        self.n *= 7


def made(cls, *args):
    object = cls(*args)
    return (type(object).__name__, object.n, object.inits) if isinstance(object, Made) else object


def made_in_loop(cls, *args, passes=200):
    objects = None
    for i in range(passes):
        objects = made(cls, *args)
    return objects


def new_in_loop(arguments):
    """Each is made by the same instruction."""
    result = None
    for args in arguments:
        object = Made(*args)
        result = (type(object).__name__, object.n, object.inits) if isinstance(object, Made) else object
    return result


def new_of_one(values):
    result = None
    for value in values:
        object = Made(value)
        result = (type(object).__name__, object.n, object.inits) if isinstance(object, Made) else object
    return result


def new_of_two(values):
    result = None
    for value in values:
        object = Made(3, value)
        result = (type(object).__name__, object.n, object.inits) if isinstance(object, Made) else object
    return result


print(made_in_loop(Made, 4), made_in_loop(Sub, 4), made_in_loop(Loud, 4))  # expect: ('Made', 4, 1) ('Sub', 4, 1) ('Loud', 35, 1)
print(tried(new_of_one, [4] * 200 + ["text"]))  # expect: ValueError: not made
print(tried(new_of_one, [4] * 200 + [None]))  # expect: TypeError: 'NoneType' object cannot be interpreted as an integer
print(new_of_two([Made] * 200 + [17]), new_of_two([Made] * 200 + [1.5]))  # expect: 17 1.5
print(new_of_two([Made] * 200 + [Sub]), new_of_two([Made] * 200 + [Loud]))  # expect: ('Sub', 3, 1) ('Loud', 35, 1)
print(new_of_two([Made] * 200 + ["text"]), new_of_two([Made] * 200 + [{}]) is not None)  # expect: text True
print(new_of_two([17] * 200 + [Made]), new_of_two(["text"] * 200 + [Made]))  # expect: ('Made', 3, 1) ('Made', 3, 1)
print(new_of_two([Sub, Made] * 100 + [Loud]), new_of_two([Loud] * 200 + [Sub]))  # expect: ('Loud', 35, 1) ('Sub', 3, 1)


def kept(passes):
    one = Made(1)
    arithmetic.keep(one)
    for i in range(passes):
        two = Made()
    arithmetic.keep(None)
    return two is one, one.inits


print(kept(200), kept(300))  # expect: (True, 201) (True, 301)


def started(values):
    total = 0
    for value in values:
        object = Started(value)
        total += object.n + object.inits
    return total


print(started(range(300)), tried(started, [1] * 200 + ["x"]))
# expect: 45150 TypeError: 'str' object cannot be interpreted as an integer


def switched(passes):
    switch, calls = Switch(), []
    for i in range(passes):
        if i == passes - 20:
            switch.flip()
        calls.append(switch(i))
    return calls[-21], calls[-20], switch(1, 2)


print(switched(200), switched(300))  # expect: (1, 3, 4) (1, 3, 4)


def either():
    one, two = Switch(), Switch()
    two.flip()
    return [switch(i) for i in range(100) for switch in (one, two)][-2:]


print(either())  # expect: [1, 3]
gc.collect()
