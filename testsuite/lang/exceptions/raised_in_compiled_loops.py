"""Exceptions that are raised and caught in hot loops look as if nothing had been compiled."""
import sys
import traceback


class Failure(Exception):
    def __init__(self, code):
        super().__init__("code %d" % code)
        self.code = code
        self.twice = 2 * code


class Bare(Exception):
    pass


def risky(i):
    half = i // 2
    if i % 3 == 0:
        raise Failure(half)
    if i % 7 == 0:
        raise Bare(i, "seven")
    return half


def outer(i):
    name = "outer"
    return risky(i) + len(name)


def entries(error):
    found, entry = [], error.__traceback__
    while entry:
        code, first = entry.tb_frame.f_code, entry.tb_frame.f_code.co_firstlineno
        found.append((code.co_name, entry.tb_lineno - first))
        entry = entry.tb_next
    return found


def caught(n):
    total, last = 0, {}
    for i in range(n):
        try:
            total += outer(i)
        except Failure as error:
            total += error.code + error.twice + len(error.args)
            last["failure"] = error if i > n - 4 else None
        except Bare as error:
            total += error.args[0]
            if i > n - 9:
                last["bare"] = error
        assert sys.exception() is None
    return total, last


total, last = caught(400)
print(total)  # expect: 71540
print(repr(last["failure"]), vars(last["failure"]))  # expect: Failure('code 199') {'code': 199, 'twice': 398}
print(entries(last["failure"]))  # expect: [('caught', 4), ('outer', 2), ('risky', 3)]
print(repr(last["bare"]), entries(last["bare"]))  # expect: Bare(392, 'seven') [('caught', 4), ('outer', 2), ('risky', 5)]
frame = last["failure"].__traceback__.tb_next.tb_next.tb_frame
print(frame.f_locals, frame.f_back.f_locals)  # expect: {'i': 399, 'half': 199} {'i': 399, 'name': 'outer'}


def chained(n):
    seen = None
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError as first:
                if i % 2:
                    raise ValueError(i) from first
                raise Bare(i)
        except (ValueError, Bare) as second:
            seen = second
            links = second.__context__.args, second.__cause__ is second.__context__, second.__suppress_context__
    return seen, links


seen, links = chained(201)
print(repr(seen), links)  # expect: Bare(200) ((200,), False, False)
seen, links = chained(200)
print(repr(seen), links)  # expect: ValueError(199) ((199,), True, True)
print(entries(seen), entries(seen.__context__))  # expect: [('chained', 8)] [('chained', 5)]


def without_cause(n):
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError:
                raise ValueError(i) from None
        except ValueError as error:
            seen = error
    return seen.__cause__, seen.__suppress_context__, repr(seen.__context__)


print(without_cause(200))  # expect: (None, True, 'KeyError(199)')


def again(n):
    total = 0
    for i in range(n):
        try:
            try:
                raise ValueError(i)
            except ValueError:
                total += 1
                raise
        except ValueError as error:
            seen = error
            total += sys.exception() is error
    return total, repr(seen), seen.__context__, entries(seen)


print(again(200))  # expect: (400, 'ValueError(199)', None, [('again', 5)])


def raised_where_handled(n):
    """A handled exception is raised once more by its name."""
    for i in range(n):
        try:
            try:
                raise ValueError(i)
            except ValueError as error:
                raise error
        except ValueError as error:
            seen = error
    return repr(seen), seen.__context__, entries(seen)


print(raised_where_handled(200))  # expect: ('ValueError(199)', None, [('raised_where_handled', 7), ('raised_where_handled', 5)])


def older_one(n):
    """An exception that was made before is raised while another one is handled; and that one while it is."""
    old = Bare("old")
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError:
                raise old
        except Bare as error:
            first = repr(error.__context__)
        error = None
    return first


print(older_one(200))  # expect: KeyError(199)


def returns_from_finally(i):
    try:
        if i % 2:
            raise ValueError(i)
        return "try"
    finally:
        if i % 5 == 0:
            return "finally"


def finally_that_returns(n):
    counts = {}
    for i in range(n):
        try:
            what = returns_from_finally(i)
        except ValueError as error:
            what = "raised"
            assert error.args == (i,)
        counts[what] = counts.get(what, 0) + 1
    return sorted(counts.items())


import warnings
warnings.simplefilter("ignore", SyntaxWarning)
print(finally_that_returns(200))  # expect: [('finally', 40), ('raised', 80), ('try', 80)]


def handled_in_callee():
    return repr(sys.exception())


def in_handler(n):
    """What a function called by a handler sees, and what is handled in it."""
    def inner(i):
        before = handled_in_callee()
        try:
            raise KeyError(i)
        except KeyError as error:
            assert repr(error.__context__) == before
            within = handled_in_callee()
        return before, within, handled_in_callee()
    for i in range(n):
        try:
            raise ValueError(i)
        except ValueError:
            seen = inner(i)
    return seen, handled_in_callee()


print(in_handler(100))  # expect: (('ValueError(99)', 'KeyError(99)', 'ValueError(99)'), 'None')


class Guard:
    def __init__(self):
        self.log = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, entry):
        if kind is not None:
            self.seen = kind.__name__, error.args, entry.tb_lineno - entry.tb_frame.f_code.co_firstlineno
            self.log = repr(sys.exception())
        return kind is ValueError


def guarded(n):
    guard, total = Guard(), 0
    for i in range(n):
        try:
            with guard:
                if i % 3 == 0:
                    raise ValueError(i)
                if i % 7 == 0:
                    raise KeyError(i)
                total += 1
        except KeyError as error:
            total += 1000
            assert sys.exception() is error
    return total, guard.seen, guard.log


print(guarded(200))  # expect: (19114, ('ValueError', (198,), 6), 'ValueError(198)')


def steps(n):
    for i in range(n):
        try:
            yield i
        except ValueError:
            yield -1


def thrown(n):
    total = 0
    for i in range(n):
        generator = steps(3)
        total += next(generator)
        total += generator.throw(ValueError)
        try:
            generator.throw(KeyError(i))
        except KeyError as error:
            total += error.args[0]
        try:
            next(generator)
        except StopIteration as stop:
            assert stop.value is None and stop.args == ()
            total += 1
    return total


print(thrown(100))  # expect: 4950


def result():
    yield 1
    return "result"


def stops(n):
    for i in range(n):
        generator = result()
        next(generator)
        try:
            next(generator)
        except StopIteration as stop:
            seen = stop.value, stop.args, stop.__context__, entries(stop)
        try:
            raise KeyError(i)
        except KeyError:
            try:
                next(result_of(i))
            except StopIteration as stop:
                context = repr(stop.__context__)
    return seen, context


def result_of(i):
    return i
    yield


print(stops(100))  # expect: (('result', ('result',), None, [('stops', 5)]), 'KeyError(99)')


def closed(n):
    log = []

    def opened(i):
        try:
            yield i
            yield i + 1
        finally:
            log.append(i)
    total = 0
    for i in range(n):
        generator = opened(i)
        total += next(generator)
        generator.close()
    return total, len(log), log[-1]


print(closed(100))  # expect: (4950, 100, 99)


def text(n):
    for i in range(n):
        try:
            outer(3 * i)
        except Failure as error:
            if i == n - 1:
                shown = traceback.format_exception(error)
    return [line.split("\n")[1].strip() for line in shown[1:-1]], shown[-1]


print(text(100))  # expect: (['outer(3 * i)', 'return risky(i) + len(name)', 'raise Failure(half)'], 'Failure: code 148\n')


def counted(n, i):
    if n == 0:
        raise Bare(i)
    return counted(n - 1, i)


def deep(n):
    for i in range(n):
        try:
            counted(4, i)
        except Bare as error:
            seen = error
    depths, entry = [], seen.__traceback__
    while entry:
        depths.append(entry.tb_frame.f_locals.get("n"))
        entry = entry.tb_next
    return depths


print(deep(100))  # expect: [100, 4, 3, 2, 1, 0]
