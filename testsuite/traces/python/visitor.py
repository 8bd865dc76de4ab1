"""A method whose name is made from that of a class."""


class Num:
    pass


class Visitor:
    one = 1

    def visit(self, node):
        return getattr(self, 'visit_' + type(node).__name__)(node)

    def visit_Num(self, node):
        return self.one


def f(n):
    visitor, node, s = Visitor(), Num(), 0
    for i in range(n):  # jit: inlined Visitor.visit; inlined Visitor.visit_Num; no-call; no-alloc
        s += visitor.visit(node)
    return s


print(f(3000))  # expect: 3000
