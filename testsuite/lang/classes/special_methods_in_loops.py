"""Special methods that change what they do while a loop that uses them is hot."""
import sys
import traceback


class Left:
    def __init__(self, limit):
        self.limit = limit

    def __add__(self, other):
        if other >= self.limit:
            return NotImplemented
        return other + 1

    def __lt__(self, other):
        return NotImplemented if other is None else self.limit < other

    def __eq__(self, other):
        if other == 250:
            return NotImplemented
        return [] if other == 251 else other == 3

    def __contains__(self, item):
        return [item] if item % 2 else ''

    def __getitem__(self, at):
        if at == 290:
            raise IndexError(at)
        return at * 2

    def __len__(self):
        return self.limit

    def __call__(self, *args, scale=1):
        return sum(args) * scale

    __hash__ = None


class Right:
    def __radd__(self, other):
        return 'right'

    def __ge__(self, other):
        return True

    def __gt__(self, other):
        return 'greater'


def add(n, step):
    left, seen = Left(280), []
    try:
        for i in range(n):
            r = left + i
            if i % 97 == 0:
                seen.append(r)
    except TypeError as error:
        seen.append(str(error))
    return seen


print(add(270, 1))  # expect: [1, 98, 195]
print(add(300, 1))  # expect: [1, 98, 195, "unsupported operand type(s) for +: 'Left' and 'int'"]


class Never:
    def __add__(self, other):
        return NotImplemented


def pairs(items):
    return [a + b for a, b in items][-2:]


class Sometimes:
    def __add__(self, other):
        return NotImplemented if isinstance(other, Right) else 'left'


values = [(Sometimes(), 1)] * 200 + [(Sometimes(), Right())] * 200
print(pairs(values), pairs(values[:210]))  # expect: ['right', 'right'] ['right', 'right']


def compare(n):
    left, yes, no = Left(100), 0, 0
    for i in range(n):
        if left == i:
            yes += 1
        else:
            no += 1
    return yes, no


print(compare(240), compare(300))  # expect: (1, 239) (1, 299)


def order(items):
    left, r = Left(5), []
    for item in items:
        r.append(left < item)
    return r[0], r[-1]


print(order([7] * 200), order([7] * 200 + [4]))  # expect: (True, True) (True, False)
try:
    order([7] * 200 + [None])
except TypeError as error:
    print(error)  # expect: '<' not supported between instances of 'Left' and 'NoneType'


def contains(n):
    left = Left(1)
    return sum(1 for i in range(n) if i in left), sum(1 for i in range(n) if i not in left)


print(contains(301))  # expect: (150, 151)


def items(n):
    left, s = Left(1), 0
    try:
        for i in range(n):
            s += left[i]
    except IndexError as error:
        line = traceback.extract_tb(error.__traceback__)[-1]
        return s, error.args, line.name
    return s


print(items(200), items(300))  # expect: 39800 (83810, (290,), '__getitem__')


def length(n):
    left, s = Left(3), 0
    try:
        for i in range(n):
            if i == 250:
                left.limit = -1
            s += len(left)
    except ValueError as error:
        return s, str(error)
    return s


print(length(200), length(300))  # expect: 600 (750, '__len__() should return >= 0')


def calls(n):
    left, s = Left(3), 0
    for i in range(n):
        s += left(i) + left(i, 1) + left(i, 2, scale=2) + left()
    return s


print(calls(300))  # expect: 180900


class Iter:
    def __init__(self, n, how):
        self.n, self.i, self.how = n, 0, how

    def __iter__(self):
        return self

    def __next__(self):
        self.i += 1
        if self.i > self.n:
            if self.how == 'stop':
                raise StopIteration
            if self.how == 'value':
                raise StopIteration(5)
            raise KeyError(self.i)
        return self.i


def loop(how, n=300):
    s = 0
    try:
        for x in Iter(n, how):
            s += x
        else:
            s = -s
    except KeyError as error:
        return s, error.args
    return s


print(loop('stop'), loop('value'), loop('key'))  # expect: -45150 -45150 (45150, (301,))


def delegating(n):
    got = yield from Iter(n, 'value')
    yield got


print(sum(delegating(300)), list(delegating(2)))  # expect: 45155 [1, 2, 5]


def stop_inside(n):
    """A StopIteration from a function that is called in the loop's body is no end of the loop."""
    it, s = iter(range(n)), 0
    for i in range(1000):
        try:
            s += next(it)
        except StopIteration:
            return s, i


print(stop_inside(300))  # expect: (44850, 300)


class Manager:
    def __init__(self):
        self.log = []

    def __enter__(self):
        self.log.append('in')
        if len(self.log) > 500:
            raise RuntimeError('full')
        return len(self.log)

    def __exit__(self, kind, error, tb):
        self.log.append(kind and kind.__name__)
        return kind is KeyError


def managed(n):
    m, s = Manager(), 0
    try:
        for i in range(n):
            with m as k:
                if i % 50 == 49:
                    raise KeyError(i)
                s += k
    except RuntimeError as error:
        return s, str(error), m.log[-3:]
    return s, m.log[-3:]


print(managed(100))  # expect: (9702, [None, 'in', 'KeyError'])
print(managed(300))  # expect: (61005, 'full', ['in', 'KeyError', 'in'])


def who():
    return sys._getframe(1).f_code.co_name, sys._getframe(2).f_code.co_name


class Caller:
    def __add__(self, other):
        return who() if other == 250 else other


def frames(n):
    c = Caller()
    return [c + i for i in range(n)][-1]


print(frames(251))  # expect: ('__add__', 'frames')
