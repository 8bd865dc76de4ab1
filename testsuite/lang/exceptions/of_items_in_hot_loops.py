"""KeyError and IndexError in hot loops: arguments, contexts, tracebacks."""


def lookups(n):
    d, seen = {"a": 1, 2: 3}, {}
    for i in range(n):
        for key in ("a", 2, "b", i, 2.5, None, (1, 2)):
            try:
                d[key]
            except KeyError as error:
                seen[type(key).__name__] = error.args, error.__context__
    return seen


print(lookups(60))  # expect: {'str': (('b',), None), 'int': ((59,), None), 'float': ((2.5,), None), 'NoneType': ((None,), None), 'tuple': (((1, 2),), None)}


def indices(n):
    l, t, seen = [1, 2, 3], (1,), []
    for i in range(n):
        for sequence, at in ((l, 3), (l, -4), (t, 1), (t, -2), (l, 2), (t, 0)):
            try:
                found = sequence[at]
            except LookupError as error:
                found = repr(error)
            if i == n - 1:
                seen.append(found)
    return seen


for line in indices(60):
    print(line)
# expect: IndexError('list index out of range')
# expect: IndexError('list index out of range')
# expect: IndexError('tuple index out of range')
# expect: IndexError('tuple index out of range')
# expect: 3
# expect: 1


def nested(n):
    for i in range(n):
        try:
            try:
                {}[i]
            except KeyError:
                [][i]
        except IndexError as error:
            inner, entry = error.__context__, error.__traceback__
    return repr(inner), entry.tb_lineno - entry.tb_frame.f_code.co_firstlineno, entry.tb_next


print(nested(100))  # expect: ('KeyError(99)', 6, None)


def grows(n):
    """What is missing at first is there later."""
    d, l, missing = {}, [], 0
    for i in range(n):
        try:
            d[i % 7]
        except KeyError as error:
            missing += 1
            d[error.args[0]] = i
        try:
            l[i % 7]
        except IndexError:
            missing += 100
            l.append(i)
    return missing, d, l


print(grows(100))  # expect: (707, {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6}, [0, 1, 2, 3, 4, 5, 6])


class Fallback(dict):
    def __missing__(self, key):
        return key + 1


def fallback(n):
    d, total = Fallback(), 0
    for i in range(n):
        total += d[i]
    return total


print(fallback(100))  # expect: 5050


def outer(d, key):
    return inner(d, key) + 1


def inner(d, key):
    return d[key]


def through(n):
    for i in range(n):
        try:
            outer({1: 2}, i % 2 * 5)
        except KeyError as error:
            names, entry = [], error.__traceback__
            while entry:
                names.append((entry.tb_frame.f_code.co_name, dict(entry.tb_frame.f_locals).get("key")))
                entry = entry.tb_next
    return names


print(through(100))  # expect: [('through', None), ('outer', 5), ('inner', 5)]


def with_classes(n):
    """The classes that are caught are found anew each time."""
    caught = []
    for i in range(n):
        classes = (KeyError, TypeError) if i % 2 else (IndexError, KeyError)
        try:
            if i % 3:
                {}[i]
            else:
                [][i]
        except classes as error:
            caught.append(type(error).__name__)
        except IndexError:
            caught.append("other")
    return [(name, caught.count(name)) for name in ("KeyError", "IndexError", "other")]


print(with_classes(120))  # expect: [('KeyError', 80), ('IndexError', 20), ('other', 20)]
