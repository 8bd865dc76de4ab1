"""Slices, sums and repetitions of lists are calls that run no Python: nothing is written back before them."""


def rotate(p, n):
    k = 1
    for _ in range(n):  # jit: no-alloc; store<=1
        p[:k + 1] = p[1:k + 1] + p[:1]
        k = k % 5 + 1
    return p


def repeat(n):
    out = []
    for i in range(n):
        out += [i] * 2
        out[1:3] = (i, i, i)
    return len(out), out[:5]


print(rotate(list(range(7)), 2000))  # expect: [5, 4, 0, 1, 3, 2, 6]
print(repeat(500))  # expect: (1501, [0, 499, 499, 499, 498])
