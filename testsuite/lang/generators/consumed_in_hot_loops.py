# Generators that hot loops consume: their bodies become part of compiled code and must be left anywhere.
import sys


def numbers(n):
    i = 0
    while i < n:
        yield i * 2
        i += 1


def keep(test, items):
    for x in items:
        if test(x):
            yield x


def total(items):
    s = 0
    for x in items:
        s += x
    return s


print(total(numbers(3000)))  # expect: 8997000
print(total(keep(lambda v: v % 3 == 0, numbers(3000))))  # expect: 2997000


def left_early():
    seen = []
    for x in keep(lambda v: v % 7 == 0, numbers(5000)):
        if x > 4000:
            seen.append(x)
            break
    return seen


print(left_early())  # expect: [4004]


def raises(n):
    try:
        for i in range(2 * n):
            if i == n:
                raise ValueError(i)
            yield i
    finally:
        print("finally")


def caught():
    s = 0
    try:
        for v in raises(1500):
            s += v
    except ValueError as error:
        return s, error.args, error.__traceback__.tb_next.tb_frame.f_code.co_name
    return s


print(caught())
# expect: finally
# expect: (1124250, (1500,), 'raises')


def looks_at_frames(n):
    for i in range(n):
        local = i * 3
        if i == n - 5:
            frame = sys._getframe()
            yield frame.f_locals["local"] + (frame.f_back.f_code.co_name == "total")
        else:
            yield local


print(total(looks_at_frames(1000)))  # expect: 1498501


def resumed_elsewhere():
    it = numbers(2000)
    s = 0
    for x in it:
        s += x
        if x % 1000 == 0:
            s += next(it, 0) * 10
    return s


print(resumed_elsewhere())  # expect: 4052072


def two_levels(n):
    for a in numbers(n):
        for b in numbers(3):
            yield a + b


print(total(two_levels(700)))  # expect: 1472100
