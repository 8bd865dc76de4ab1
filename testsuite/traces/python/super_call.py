"""A method of the base class."""


class B:
    def g(self, x):
        return x + 1


class D(B):
    def g(self, x):
        return super().g(x) * 2


def f(n):
    s, d = 0, D()
    for i in range(n):  # jit: no-call; no-alloc; inlined B.g; inlined D.g
        s += d.g(i)
    return s


print(f(3000))  # expect: 9003000
