# Comparisons, truth, length, membership and calls of a class in C, in loops that become machine code.
import gc

import operators
from operators import Box


class Named(Box):
    def __len__(self):
        return 100

    def __eq__(self, other):
        return "named"

    __hash__ = None


class Other:
    def __eq__(self, other):
        return other(1) if isinstance(other, Box) else NotImplemented

    def __gt__(self, other):
        return "greater"


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


def compared(a, b):
    jumps = []
    if a < b:
        jumps.append("less")
    if not a >= b:
        jumps.append("not at least")
    while a == b:
        jumps.append("equal")
        break
    return a < b, a <= b, a == b, a != b, jumps


print(loop(compared, (Box(1), Box(2)), (Box(2), Box(1)), (Box(3), 3), (Box(3), 4)))
# expect: (0, (True, True, False, True, ['less', 'not at least']))
print(loop(compared, *[(Box(1), Box(2))] * 40, (Box(1), Box(13))))  # expect: (0, 'ValueError: thirteen')
print(loop(compared, *[(Box(1), Box(2))] * 40, (Box(2), Box(7))))
# expect: (0, ([None, None], [None, None], [None, None], [None, None], ['less', 'equal']))
print(loop(lambda a, b: a == b, *[(Box(1), Box(2))] * 40, (Box(1), "text"), (Box(1), None), (Box(4), Other())))  # expect: (0, 5)
print(loop(lambda a, b: a < b, *[(Box(1), Box(2))] * 40, (Box(4), Other())))  # expect: (0, 'greater')
print(loop(lambda a, b: a < b, *[(Box(1), Box(2))] * 40, (Box(4), "x")))
# expect: (0, "TypeError: '<' not supported between instances of 'operators.Box' and 'str'")
print(loop(lambda a, b: a == b, *[(Box(1), Box(2))] * 40, (Box(4), Named(4)), (Named(4), Box(4))))  # expect: (0, 'named')


def truth(a):
    jumps = []
    if a:
        jumps.append("true")
    return not a, bool(a), a and "and", jumps


print(loop(truth, (Box(1),), (Box(3),), (Named(3),), (Box(4),)))  # expect: (0, (False, True, 'and', ['true']))
print(loop(truth, *[(Box(1),)] * 40, (Box(13),)))  # expect: (0, 'ValueError: no truth')
print(loop(lambda a: len(a) + 1, (Box(1),), (Box(5),), (Named(1),), ([1, 2],), (Box(6),)))  # expect: (0, 7)
print(loop(lambda a: len(a) + 1, *[(Box(1),)] * 40, (Box(9),)))  # expect: (0, 9223372036854775808)
print(loop(lambda a: len(a), *[(Box(1),)] * 40, (Box(13),)))  # expect: (0, 'ValueError: no length')
print(loop(lambda a: operators.len(a), (Box(1),), ([],), (Box(5),)))  # expect: (0, 'measured')
print(loop(lambda a, b: (a in b, a not in b), (1, Box(2)), (3, Box(2)), (1, Named(3)), (0, [0]), (2, Box(3))))
# expect: (0, (True, False))
print(loop(lambda a, b: a in b, *[(1, Box(2))] * 40, ("x", Box(1))))
# expect: (0, "TypeError: 'str' object cannot be interpreted as an integer")
print(loop(lambda a: a(), (Box(1),), (Named(5),), (lambda: 3,), (Box(6),)))  # expect: (0, 6)
print(loop(lambda a, b: (a(b), a(max, b, 4), a(x=b)), (Box(1), 2), (Box(6), 9)))  # expect: (0, (7, 9, 'names'))
print(loop(lambda a: a(), *[(Box(1),)] * 40, (Box(13),)))  # expect: (0, 'ValueError: no call')


def changed():
    """A class that gets methods of Python while loops use those in C."""
    class Mine(Box):
        pass

    mine, seen = Mine(5), []
    for i in range(3000):
        if i == 2000:
            Mine.__len__ = lambda self: 1000
            Mine.__bool__ = lambda self: False
            Mine.__lt__ = lambda self, other: "lt"
            Mine.__contains__ = lambda self, item: item == "in"
            Mine.__call__ = lambda self: "called"
        seen = [len(mine), bool(mine), mine < mine, 3 in mine, mine()]
        if i == 1999:
            print(seen)
    return seen


print(changed())
# expect: [5, True, False, True, 5]
# expect: [1000, False, 'lt', False, 'called']
gc.collect()
