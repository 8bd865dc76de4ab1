# Slots, attributes, members and new instances in loops that become machine code, also where they raise.
import gc

import compiled
from compiled import Dot, Row, Table


def sums(row, n):
    total = 0
    for i in range(n):
        total += row[i & 7] - row[-1 - (i & 3)]
    return total


print(sums(Row(10), 4000))  # expect: -8000


def sets(row, n):
    for i in range(n):
        row[i & 7] = i
        row[-1] = -i
    return list(row)


print(sets(Row(), 4000))  # expect: [3992, 3993, 3994, 3995, 3996, 3997, 3998, -3999]


def past(row, n):
    seen = []
    for i in range(n):
        try:
            row[i % 9] = i
            row[i % 9 - 8]
        except IndexError as error:
            seen.append(str(error))
    return len(seen), set(seen)


print(past(Row(), 3000))  # expect: (333, {'8 of 8'})


def wrong(row, n):
    for i in range(n):
        row[0] = i if i < n - 1 else "text"


try:
    wrong(Row(), 3000)
except TypeError as error:
    print(type(error).__name__)
# expect: TypeError


def operators(row, n):
    total = 0
    for i in range(n):
        total += -row + (row + i if i != 13 else 0)
    return total


print(operators(Row(5), 3000))  # expect: 4498482


class Other:
    def __radd__(self, other):
        return 1000


def declined(row, n):
    total = 0
    for i in range(n):
        total += row + (Other() if i > n - 5 else 1)
    try:
        for i in range(n):
            row + (13 if i == n - 1 else 1)
    except ValueError as error:
        return total, str(error)


print(declined(Row(5), 3000))  # expect: (21976, 'not 13')


def counts(row, n):
    seen = 0
    for i in range(n):
        row.count = i
        seen += row.count
    return seen


print(counts(Row(), 3000))  # expect: 13495500


def negative(row, n):
    seen = []
    for i in range(n):
        try:
            row.count = i if i % 1000 else -1
        except ValueError as error:
            seen.append((i, str(error), row.count))
    del row.count
    return seen, row.count


print(negative(Row(), 3000))  # expect: ([(0, 'negative count', 0), (1000, 'negative count', 2997), (2000, 'negative count', 5997)], -300)


def uncaught(row, n):
    for i in range(n):
        row.count = i if i < n - 1 else -i
    return "no exception"


try:
    print(uncaught(Row(), 3000))
except ValueError as error:
    print(error)
# expect: negative count


def keeps(row, n):
    for i in range(n):
        row.kept = [i, str(i)]
        if i % 500 == 0:
            gc.collect()
        assert row.kept == [i, str(i)]
    return row.kept


print(keeps(Row(), 3000))  # expect: [2999, '2999']


def members(row, n):
    failed = 0
    for i in range(n):
        row.scale = row.scale + 0.5
        row.small = i - 1500
        try:
            row.byte = i % 200 if i % 500 else 1
        except (OverflowError, RuntimeWarning):
            failed += 1
    return row.scale, row.small, row.byte, failed


print(members(Row(), 3000))  # expect: (1500.0, 1499, 199, 0)


def keys(table, n):
    missing = 0
    for i in range(n):
        table[i] = i
        last = table.last
        try:
            found = table[i if i % 700 else "text"]
        except KeyError as error:
            missing += 1
    del table[7]
    return last, found[0] is table, found[1], missing, table.last


print(keys(Table(), 3000))  # expect: (5998, True, 2999, 5, 2)


def bad_keys(table, n):
    seen = []
    for i in range(n):
        try:
            table[i if i % 900 else None] = 1
        except TypeError:
            seen.append(i)
    return seen, table.last


print(bad_keys(Table(), 3000))  # expect: ([0, 900, 1800, 2700], 3000)


def tables(n):
    for i in range(n):
        table = Table()
        table[i] = 1
    return table.last


print(tables(3000))  # expect: 3000
gc.collect()
print(compiled.n_destroyed() >= 2900)  # expect: True


def dots(n):
    total = 0.0
    for i in range(n):
        dot = Dot()
        dot.x = i + 0.5
        dot.tag = i % 100
        total += dot.sum() + dot.y + dot.tag
    return total, dot.x, dot.y, dot.tag


print(dots(3000))  # expect: (4648500.0, 2999.5, 0.0, 99)


def many(n):
    all_of_them = []
    for i in range(n):
        dot = Dot()
        dot.y = float(i)
        all_of_them.append(dot)
    return sum(dot.y for dot in all_of_them), len(set(map(id, all_of_them)))


print(many(3000))  # expect: (4498500.0, 3000)


class Named(Dot):
    name = "dot"


def named(n):
    for i in range(n):
        dot = Named()
        dot.name = i
        dot.x = 1.0
    return dot.name, dot.sum(), vars(dot), type(dot).__name__


print(named(3000))  # expect: (2999, 1.0, {'name': 2999}, 'Named')


def fresh(n):
    total = 0
    for i in range(n):
        pair = compiled.pair(i)
        held = compiled.hold(i)
        total += pair[0] + pair[1] + held[0]
    return total, pair, held


print(fresh(5000))  # expect: (37492500, (4999, 4999), (4999,))
gc.collect()
print(fresh(300))  # expect: (134550, (299, 299), (299,))


def both(n):
    seen = []
    for i in range(n):
        try:
            compiled.both(i)
        except SystemError as error:
            seen.append((i, type(error.__cause__).__name__, str(error.__cause__)))
    return seen


print(both(3000))
# expect: [(999, 'ValueError', 'and a result'), (1999, 'ValueError', 'and a result'), (2999, 'ValueError', 'and a result')]
