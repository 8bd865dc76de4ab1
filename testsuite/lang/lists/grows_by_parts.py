# A list that grows by `+=` and `extend` does so in steps, not by a copy of all each time.
def grow(n):
    a, b = [], []
    for i in range(n):
        a += [i]
        b.extend((i, i))
    return a, b


a, b = grow(200000)
print(len(a), len(b), a[-1], b[-2:])  # expect: 200000 400000 199999 [199999, 199999]
a += a
print(len(a))  # expect: 400000
