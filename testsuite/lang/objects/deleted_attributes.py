"""Attributes that are deleted and set again: order, values, and what is there."""


class Thing:
    def __init__(self, a, b, c):
        self.a, self.b, self.c = a, b, c


def state(thing):
    return list(vars(thing).items())


def shrinks(n):
    for i in range(n):
        thing = Thing(i, 1.5, "c")
        del thing.b
        middle = thing.a, thing.c, hasattr(thing, "b")
        thing.d = i + 1
        del thing.a
        thing.b = [i]
    return middle, state(thing)


print(shrinks(200))  # expect: ((199, 'c', False), [('c', 'c'), ('d', 200), ('b', [199])])


def empties(n):
    for i in range(n):
        thing = Thing(1, 2, 3)
        del thing.a, thing.c, thing.b
        left = len(vars(thing))
        thing.c = i
    return left, state(thing)


print(empties(200))  # expect: (0, [('c', 199)])


def missing(n):
    for i in range(n):
        thing = Thing(1, 2, 3)
        del thing.b
        try:
            del thing.b
        except AttributeError as error:
            text = str(error)
    return text


print(missing(200))  # expect: 'Thing' object has no attribute 'b'


class Shadow(Thing):
    b = "of the class"


def shadowed(n):
    found = []
    for i in range(n):
        thing = Shadow(1, 2, 3)
        found.append(thing.b)
        del thing.b
        found.append(thing.b)
    return found[-2:]


print(shadowed(200))  # expect: [2, 'of the class']


class Slotted:
    __slots__ = ("x", "y", "__dict__")


def slots(n):
    for i in range(n):
        thing = Slotted()
        thing.x, thing.y, thing.z, thing.w = 1, 2, 3, i
        del thing.x, thing.z
        found = hasattr(thing, "x"), thing.y, thing.w, vars(thing)
    return found


print(slots(200))  # expect: (False, 2, 199, {'w': 199})


def many(n):
    """Attributes of any names come and go."""
    thing = Thing(0, 0, 0)
    for i in range(n):
        setattr(thing, "x%d" % (i % 13), i)
        if i % 3 == 0:
            delattr(thing, "x%d" % (i % 13))
    return state(thing)


print(many(2000)[3:6])  # expect: [('x12', 1988), ('x2', 1991), ('x5', 1994)]


class Failure(Exception):
    pass


def of_exceptions(n):
    for i in range(n):
        error = Failure(i)
        error.first, error.second, error.third = 1, 2, i
        del error.second
        error.fourth = 4
    return state(error), error.args


print(of_exceptions(200))  # expect: ([('first', 1), ('third', 199), ('fourth', 4)], (199,))
