"""super() in all its forms."""
class A:
    def m(self): return ["A"]
    @classmethod
    def c(cls): return [f"A.c {cls.__name__}"]
    @staticmethod
    def s(): return "A.s"
    x = "Ax"
class B(A):
    def m(self): return ["B"] + super().m()
    @classmethod
    def c(cls): return ["B.c"] + super().c()
class C(A):
    def m(self): return ["C"] + super(C, self).m()
    @classmethod
    def c(cls): return ["C.c"] + super(C, cls).c()
class D(B, C):
    x = "Dx"
    def m(self): return ["D"] + super().m()
    @classmethod
    def c(cls): return ["D.c"] + super().c()
    def get(self): return super().x, self.x, super().s()
    def closure(self): return (lambda me: super().m())(self), [super(D, self).m() for _ in range(1)]
d = D()
print(d.m(), D.c(), d.get())  # expect: ['D', 'B', 'C', 'A'] ['D.c', 'B.c', 'C.c', 'A.c D'] ('Ax', 'Dx', 'A.s')
print(d.closure())  # expect: (['B', 'C', 'A'], [['B', 'C', 'A']])
print(super(B, d).m(), super(C, d).m(), super(D, D).m(d), super(A, d).__init__.__name__)  # expect: ['C', 'A'] ['A'] ['B', 'C', 'A'] __init__
s = super(D, d)
print(s.__thisclass__.__name__, s.__self__ is d, s.__self_class__.__name__, s.x)  # expect: D True D Ax
for call in lambda: super(), lambda: super(D, 5), lambda: super(5, d), lambda: super(D, d).nope, lambda: super(A, d).m:
    try:
        call()
    except (RuntimeError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
# expect: RuntimeError super(): no arguments
# expect: TypeError super(type, obj): obj (instance of int) is not an instance or subtype of type (D).
# expect: TypeError super() argument 1 must be a type, not int
# expect: AttributeError 'super' object has no attribute 'nope'
# expect: AttributeError 'super' object has no attribute 'm'
def outside(self):
    return super().m()
D.added = outside
try:
    d.added()
except RuntimeError as error:
    print(error)  # expect: super(): __class__ cell not found
class Un:
    def no_args(): return super()
    def deleted(self):
        del self
        return super()
for f in Un.no_args, Un().deleted:
    try:
        f()
    except RuntimeError as error:
        print(error)
# expect: super(): no arguments
# expect: super(): arg[0] deleted
class Setter(A):
    def go(self):
        super().y = 1
try:
    Setter().go()
except AttributeError as error:
    print(error)  # expect: 'super' object has no attribute 'y' and no __dict__ for setting new attributes
