"""Names of classes and methods that change while a loop is hot."""


class A:
    def visit_A(self):
        return 1

    def visit_B(self):
        return 2

    def __getattr__(self, name):
        return lambda: name


class Plain:
    def visit_Plain(self):
        return 1


def f(make, n):
    a, seen = make(), []
    for i in range(n):
        if i == 200:
            A.__name__ = 'B'
        if i == 250:
            a.visit_B = lambda: 3
        if i == 300:
            A.__name__ = 'C'
        r = getattr(a, 'visit_' + type(a).__name__)()
        if not seen or seen[-1] != r:
            seen.append(r)
    A.__name__ = 'A'
    return seen


def g(n):
    p, seen = Plain(), []
    for i in range(n):
        if i == 200:
            p.visit_Plain = lambda: 5
        if i == 300:
            del p.visit_Plain
            Plain.visit_Plain = lambda self: 6
        r = getattr(p, 'visit_' + type(p).__name__)()
        if not seen or seen[-1] != r:
            seen.append(r)
    return seen


print(f(A, 400))  # expect: [1, 2, 3, 'visit_C']
print(g(400))  # expect: [1, 5, 6]
