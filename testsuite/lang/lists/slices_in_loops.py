"""Slices, sums and assignments to slices of lists in a hot loop: bounds of every kind, aliases, subclasses."""


def slices(n):
    v = list(range(10))
    total = 0
    for i in range(n):
        a, b = i % 27 - 13, i * 7 % 31 - 15
        w = v[a:b] + v[b:] + v[:a] + v[:]
        total = (total * 31 + len(w) * 7 + sum(w)) % 1000003
    return total


print(slices(500))  # expect: 300643


def assign(n):
    v = list(range(8))
    for i in range(n):
        k = i % 7
        v[: k + 1] = v[1 : k + 1] + v[:1]
        v[k:k] = (i,)
        v[-3:] = v[-2:]
    return v[-8:], len(v)


print(assign(300))  # expect: ([290, 297, 295, 298, 294, 299, 283, 7], 8)


def itself(n):
    v = [0, 1, 2]
    for i in range(n):
        v[1:2] = v
        del v[5:]
    return v


print(itself(200))  # expect: [0, 0, 0, 0, 0]


class Mine(list):
    def __getitem__(self, key):
        return ("mine", key)

    def __add__(self, other):
        return "sum"


def mixed(n):
    out = []
    for i in range(n):
        v = Mine([1, 2, 3]) if i % 50 == 49 else [1, 2, 3]
        out.append((v[1:2], v + [4]))
    return out[48:51]


print(mixed(200))  # expect: [([2], [1, 2, 3, 4]), (('mine', slice(1, 2, None)), 'sum'), ([2], [1, 2, 3, 4])]


def bounds(n):
    v, out = [1, 2, 3, 4], []
    for i in range(n):
        end = None if i % 40 == 39 else (True if i % 40 == 20 else 2)
        out.append(v[:end])
    return out[20], out[38], out[39]


print(bounds(200))  # expect: ([1], [1, 2], [1, 2, 3, 4])


def fresh(n):
    kept = []
    for i in range(n):
        v = [i, i + 1]
        w = v[:]
        w += v
        v[0] = -1
        if i % 100 == 7:
            kept.append(w)
    return kept


print(fresh(250))  # expect: [[7, 8, 7, 8], [107, 108, 107, 108], [207, 208, 207, 208]]
