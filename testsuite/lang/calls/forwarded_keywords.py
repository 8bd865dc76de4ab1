# Calls with * and ** in a loop, whose names, number and order of keywords change.


def g(a, b=2, *, c=3, **k):
    return a, b, c, tuple(k.items())


def forward(*a, **k):
    return g(*a, **k)


class M:
    def meth(self, a, b=1, **k):
        return a + b + len(k)


def call(f, *a, **k):
    return f(*a, **k)


def message(f):
    try:
        f()
    except TypeError as error:
        return str(error)


def changed(**k):
    k["b"] = 9
    return forward(1, **k), k


def run(n):
    seen, m = {}, M()
    for i in range(n):
        results = [forward(i), forward(i, b=i), forward(i, c=1, z=2), forward(a=i)]
        results += [call(m.meth, i), call(m.meth, i, b=2), call(m.meth, i, b=2, q=3)]
        d = {"a": i, "b": 3}
        if i % 40 == 39:
            d = {"b": 1, "a": i}
        if i % 41 == 40:
            d["w"] = 5
        results += [g(**d), g(*[i], **{"b": 4})]
        if i % 10 == 9:
            results += [message(lambda: g(i, **d)), message(lambda: g(**d, a=3))]
        seen[i] = results
    return seen


seen = run(200)
print(seen[0])  # expect: [(0, 2, 3, ()), (0, 0, 3, ()), (0, 2, 1, (('z', 2),)), (0, 2, 3, ()), 1, 2, 3, (0, 3, 3, ()), (0, 4, 3, ())]
print(seen[199][:4])  # expect: [(199, 2, 3, ()), (199, 199, 3, ()), (199, 2, 1, (('z', 2),)), (199, 2, 3, ())]
print(seen[199][4:7])  # expect: [200, 201, 202]
print(seen[199][7:9])  # expect: [(199, 1, 3, ()), (199, 4, 3, ())]
print(seen[199][9])  # expect: g() got multiple values for argument 'a'
print(seen[199][10])  # expect: __main__.g() got multiple values for keyword argument 'a'
print(seen[81][7])  # expect: (81, 3, 3, (('w', 5),))
print([changed(c=1) for i in range(50)][-1])  # expect: ((1, 9, 1, ()), {'c': 1, 'b': 9})
