# Functions with a typed signature: the same in loops that are hot and with arguments that the signature does not allow.
import typed


def halves(n):
    total = 0.0
    for i in range(n):
        total += typed.half(i + 0.5)
    return total


print(halves(4000))  # expect: 4000000.0


def mixture(values):
    seen = []
    for i, value in enumerate(values):
        try:
            seen.append(typed.half(value))
        except TypeError as error:
            seen.append(str(error))
    return seen


print(mixture([1.0] * 3000 + [3, True, "x", 5.0])[-4:])  # expect: [1.5, 0.5, 'must be real number, not str', 2.5]


def mix(n):
    total = 0
    for i in range(n):
        total += typed.mixed(i % 128, i, -i)
    return total


print(mix(4000))  # expect: 232522


def until(n, limit):
    for i in range(n):
        typed.mixed(i, 0, 0)
    return i


try:
    until(4000, 0)
except OverflowError as error:
    print(error)  # expect: no int8


def double(n, x):
    for i in range(n):
        y = typed.twice(x)
    return y


print(double(3000, 21), double(3000, 1 << 61), double(3000, -(1 << 62)))  # expect: 42 4611686018427387904 -9223372036854775808


def grows(n):
    x = 1
    seen = []
    for i in range(n):
        x = typed.twice(x) if i % 62 else 1
        seen.append(x)
    return max(seen)


print(grows(6200) == 1 << 61)  # expect: True


def count(n):
    last = 0
    for i in range(n):
        last = typed.count()
    return last


print(count(5000), typed.total())  # expect: None 5000

try:
    typed.twice(1.5)
except TypeError as error:
    print(error)  # expect: 'float' object cannot be interpreted as an integer


def roots(n):
    total, failed = 0.0, 0
    for i in range(n):
        try:
            total += typed.root(i + 0.5 if i % 1000 else -1.0)
        except ValueError:
            failed += 1
    return total, failed


print(roots(3000))  # expect: (2248499.25, 3)


def pairs(n):
    seen = None
    for i in range(n):
        seen = typed.pair(i, [i])
    return seen


print(pairs(2400))  # expect: (2399, [2399])
try:
    pairs(3000)
except ValueError as error:
    print(error)  # expect: not 2500
    print(error.__traceback__.tb_next.tb_frame.f_locals["i"])  # expect: 2500


def called(n):
    seen = []

    def note(x):
        if x == 2000:
            raise KeyError(x)
        if x % 500 == 0:
            seen.append(x)
        return x << 1 if x % 700 else 1 << 62

    total = 0
    for i in range(n):
        try:
            total += typed.calls(note, i)
        except KeyError as error:
            seen.append(repr(error))
    return total, seen


print(called(3000))  # expect: (23058430092145918520, [0, 500, 1000, 1500, 'KeyError(2000)', 2500])


def different(n):
    count = 0
    for i in range(n):
        count += typed.differs(i % 2 == 0, i % 3 == 0)
    return count


print(different(3000), typed.differs(3, True))  # expect: 1500 True


def checked(n):
    for i in range(n):
        last = typed.check(i)
    return last


print(checked(2900))  # expect: None
try:
    checked(3000)
except ValueError as error:
    print(error)  # expect: 2999 at last
