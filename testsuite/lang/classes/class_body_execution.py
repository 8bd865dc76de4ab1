"""The class body is code: order, conditionals, loops, exceptions."""
log = []
def t(x): log.append(x); return x
class A(t(object), metaclass=t(type)):
    t("body")
    x = t(1)
    @t
    def f(self, d=t("default")): pass
    class Inner: t("inner")
    for i in range(2): t(("loop", i))
    if x: y = "conditional"
    try: 1 / 0
    except ZeroDivisionError: z = "caught"
    with open("/dev/null") as fh: pass
    lst = [k for k in range(x, 4)]
    a, *b = "xyz"
    del i, fh
    print(sorted(n for n in locals() if not n.startswith("__")))
# expect: ['Inner', 'a', 'b', 'f', 'lst', 'x', 'y', 'z']
print([l if not callable(l) or isinstance(l, type) else l.__name__ for l in log])
# expect: [<class 'object'>, <class 'type'>, 'body', 1, 'default', 'f', 'inner', ('loop', 0), ('loop', 1)]
print(A.y, A.z, A.lst, A.a, A.b, hasattr(A, "i"))  # expect: conditional caught [1, 2, 3] x ['y', 'z'] False
try:
    class Broken:
        before = 1
        raise ValueError("in body")
except ValueError as error:
    print(error, "Broken" in globals())  # expect: in body False
def make(n):
    class C:
        value = n * 2
        def get(self): return n
    n += 1
    return C
print(make(5).value, make(5)().get())  # expect: 10 6
class Fib:
    a, b = 0, 1
    for _ in range(10): a, b = b, a + b
print(Fib.a)  # expect: 55
class Empty: ...
class OneLine: x = 1; y = x + 1
class WithDoc: "doc"; z = 3
print(OneLine.y, WithDoc.__doc__, WithDoc.z, Empty.__doc__)  # expect: 2 doc 3 None
class Ret:
    x = (lambda: 5)()
    f = lambda self: self.x
    g = f
    h = property(f)
print(Ret().f(), Ret().g(), Ret().h, Ret.f is Ret.g, Ret.f.__name__, Ret.f.__qualname__)  # expect: 5 5 5 True <lambda> Ret.<lambda>
