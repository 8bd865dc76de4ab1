"""Items, length and calls of objects, written in Python."""


class Row:
    def __init__(self, n):
        self.items = [0] * n

    def __getitem__(self, at):
        return self.items[at]

    def __setitem__(self, at, value):
        self.items[at] = value

    def __len__(self):
        return len(self.items)

    def __call__(self, k):
        return k + 1


def f(n):
    row, s = Row(10), 0
    for i in range(n):  # jit: no-call; no-alloc; inlined Row.__getitem__; inlined Row.__setitem__; inlined Row.__len__; inlined Row.__call__
        row[i % 10] = i
        s += row[i % 10] + len(row) + row(i)
    return s


print(f(3000))  # expect: 9030000
