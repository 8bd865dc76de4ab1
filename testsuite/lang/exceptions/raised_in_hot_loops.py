# Exceptions raised and caught inside hot loops.
def lookups(n):
    known = {i: i for i in range(0, n, 3)}
    missing = 0
    for i in range(n):
        try:
            known[i]
        except KeyError as error:
            missing += 1
            last = error.args
    return missing, last


print(lookups(3000))  # expect: (2000, (2999,))


def check(x):
    if x % 5 == 0:
        raise ValueError(x)
    return x


def through_calls(n):
    good = bad = 0
    for i in range(n):
        try:
            good += check(i)
        except ValueError as error:
            bad += error.args[0]
        finally:
            good += 1
    return good, bad


print(through_calls(2000))  # expect: (1602000, 399000)


def nested(n):
    order = []
    for i in range(n):
        try:
            try:
                if i % 2:
                    raise KeyError(i)
            except ValueError:
                order.append("never")
            else:
                continue
        except KeyError as error:
            if i > n - 3:
                order.append((type(error.__context__), error.__traceback__.tb_lineno - 44))
    return order


print(nested(1001))  # expect: [(<class 'NoneType'>, 0)]


def chained(n):
    for i in range(n):
        try:
            try:
                int("x")
            except ValueError as error:
                raise TypeError("y") from error
        except TypeError as error:
            cause = error.__cause__
    return repr(cause)


print(chained(500))  # expect: ValueError("invalid literal for int() with base 10: 'x'")


def generator(n):
    for i in range(n):
        try:
            yield i
        finally:
            pass
        if i == n - 2:
            raise RuntimeError("late")


def consumed(n):
    s = 0
    try:
        for x in generator(n):
            s += x
    except RuntimeError as error:
        return s, str(error)
    return s


print(consumed(2000))  # expect: (1997001, 'late')


def division(n):
    zero = 0
    for i in range(n):
        try:
            x = 10 // (i % 3)
        except ZeroDivisionError:
            zero += 1
    return zero


print(division(3000))  # expect: 1000
