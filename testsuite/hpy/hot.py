# Extension functions in loops that become machine code: results, exceptions, calls back into Python, members.
import traceback

import hot
from hot import Cell, add, ident


def sums(n):
    total = 0
    for i in range(n):
        total = add(total, ident(i))
    return total


print(sums(10000), sums(3))  # expect: 49995000 3


def mixed(n):
    out = []
    for i in range(n):
        x = i if i % 3 else str(i)
        out.append(ident(x))
    return len(out), out[-1], out[9], out[10]


print(mixed(5000))  # expect: (5000, 4999, '9', 10)


def failing(n):
    seen = 0
    for i in range(n):
        try:
            seen += hot.fails_at(i, 2000)
        except ValueError as e:
            seen -= e.args[0]
            line = traceback.extract_tb(e.__traceback__)[-1].line
    return seen, line


print(failing(3000))  # expect: (4494500, 'seen += hot.fails_at(i, 2000)')


def wrong(n):
    for i in range(n):
        if i == n - 1:
            add(i)
        add(i, i)


try:
    wrong(3000)
except TypeError as e:
    print(e)  # expect: two arguments


def back(n):
    total = 0

    def inner(x):
        nonlocal total
        total += x
        return total

    for i in range(n):
        hot.call(inner, i)
    return total


print(back(3000))  # expect: 4498500


def cells(n):
    cell = Cell()
    cell.scale = 0.5
    total = 0.0
    for i in range(n):
        cell.put(i)
        cell.value += 1
        total += cell.get() * cell.scale + cell.value
    return total, cell.value, cell.get()


print(cells(4000))  # expect: (12003000.0, 4000, 4000)


class Sub(Cell):
    def get(self):
        return super().get() + 100


def dispatch(n):
    pair, total = [Cell(), Sub()], 0
    for i in range(n):
        cell = pair[i & 1]
        cell.put(i)
        total += cell.get()
    return total


print(dispatch(4000))  # expect: 8198000


def big(n):
    total = 2**61 - n
    for i in range(n):
        total = add(total, 1)
        total = ident(total)
    return total


print(big(2000) == 2**61, big(5000) == 2**61)  # expect: True True


def swap(n):
    global add
    total = 0
    for i in range(n):
        total += add(i, 1)
        if i == 2000:
            add = lambda a, b: a - b
    return total


print(swap(4000))  # expect: 7998002


def scaled(cell, values):
    for value in values:
        cell.scale = value
        cell.scale = cell.scale * 2.0
    return cell.scale


print(scaled(Cell(), [0.25] * 3000), scaled(Sub(), [0.25] * 3000 + [3]), scaled(Cell(), [1e300, 1.5] * 2000))  # expect: 0.5 6.0 3.0

try:
    scaled(Cell(), [0.25] * 3000 + ["x"])
except TypeError as error:
    print(error)  # expect: must be real number, not str


def widened(n):
    cell, total = Cell(), 0
    for i in range(n):
        cell.put(1 << 62 if i % 1000 == 999 else i)
        total += cell.value
    return total


print(widened(4000) == 4 * (1 << 62) + sum(i for i in range(4000) if i % 1000 != 999))  # expect: True


class Plain:
    value = 7


def either(n):
    pair, total = [Cell(), Plain(), Sub()], 0
    for i in range(n):
        total += pair[i % 3].value
    return total


print(either(6000))  # expect: 14000


def hidden(n):
    sub, total = Sub(), 0
    for i in range(n):
        total += sub.value
        if i == 3000:
            Sub.value = 1
    return total


print(hidden(6000), Sub().value)  # expect: 2999 1
