"""A generator that ends when `next` resumes it: its StopIteration is not made."""


def one(x):
    yield x


def f(n):
    s = 0
    for i in range(n):  # jit: call<=2; inlined one
        items = one(i)
        s += next(items)
        try:
            s += next(items)
        except StopIteration:
            s += 1
    return s


print(f(3000))  # expect: 4501500
