"""Items that are not there: the exceptions are not made."""


def f(n):
    d, l, s = {"a": 1}, [1, 2, 3], 0
    for i in range(n):  # jit: call<=1; no-alloc
        try:
            s += d["b"]
        except KeyError:
            s += 1
        try:
            s += l[i + 3]
        except (TypeError, IndexError) as error:
            s += len(error.args)
    return s


print(f(3000))  # expect: 6000
