"""Patterns in loops that are compiled: classes whose attributes are elsewhere, missing, computed; errors."""


class Both:
    __match_args__ = ("a", "b")
    a = 1


class Filled(Both):
    def __init__(self):
        self.b = 2


class Pretends:
    @property
    def __class__(self):
        return Both

    a = 5
    b = 6


class Computes(Both):
    @property
    def b(self):
        return self.a + 10


class Changing:
    __match_args__ = ("x",)

    def __init__(self):
        self.x, self.y = 1, 2


def both(subject):
    match subject:
        case Both(x, y):
            return x, y
        case Both(x):
            return x
        case Changing(x):
            return "changing", x


for subject in Both(), Filled(), Pretends(), Computes(), Changing(), 5:
    print([both(subject) for _ in range(300)][-1])
subjects = [Both(), Filled(), Pretends(), Computes(), Changing(), None] * 100
print(len({str(both(subject)) for subject in subjects}))
for turn in range(400):
    if turn == 200:
        Changing.__match_args__ = ("y",)
    last = both(Changing())
print(last)


def twice(subject):
    match subject:
        case Both(x, a=y):
            return x, y


def many(subject):
    match subject:
        case Both(x, y, z):
            return x


def no_class(subject):
    match subject:
        case both(x):
            return x


for wrong in twice, many, no_class:
    for _ in range(200):
        try:
            wrong(Both())
        except TypeError as error:
            text = error
    print(text)


def kinds(subject):
    match subject:
        case []:
            return "empty"
        case [1, *rest]:
            return "one", rest
        case [x, y]:
            return x, y
        case {"key": value, **others}:
            return value, others
        case {}:
            return "mapping"
        case str(text):
            return text
        case bool(flag):
            return "bool", flag
        case int(number) | float(number):
            return number
        case None:
            return "none"


things = [[], (1, 2, 3), [5, 6], {"key": 1, "z": 2}, {}, "abc", True, 7, 2.5, None, b"xy", range(2), {1}]
for thing in things:
    print([kinds(thing) for _ in range(200)][-1])
print(len([kinds(thing) for thing in things * 100]))
# expect: 1
# expect: (1, 2)
# expect: (5, 6)
# expect: (1, 11)
# expect: ('changing', 1)
# expect: None
# expect: 6
# expect: ('changing', 2)
# expect: Both() got multiple sub-patterns for attribute 'a'
# expect: Both() accepts 2 positional sub-patterns (3 given)
# expect: called match pattern must be a class
# expect: empty
# expect: ('one', [2, 3])
# expect: (5, 6)
# expect: (1, {'z': 2})
# expect: mapping
# expect: abc
# expect: ('bool', True)
# expect: 7
# expect: 2.5
# expect: none
# expect: None
# expect: (0, 1)
# expect: None
# expect: 1300
