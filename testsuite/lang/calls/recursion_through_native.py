"""RecursionError comes also through native code."""
def error(call):
    try:
        call()
        return "finished"
    except RecursionError as e:
        return type(e).__name__
def key(x):
    return sorted([x], key=key)
print(error(lambda: key(1)))  # expect: RecursionError
class R:
    def __repr__(self):
        return repr([self])
print(error(lambda: repr(R())))  # expect: RecursionError
class E:
    def __eq__(self, other):
        return [self] == [other]
print(error(lambda: E() == E()))  # expect: RecursionError
nested = []
for _ in range(200000):
    nested = [nested]
print(error(lambda: repr(nested)))  # expect: RecursionError
class G:
    def __getattr__(self, name):
        return getattr(self, name + "x")
print(error(lambda: G().a))  # expect: RecursionError
def m(x):
    return list(map(m, [x]))
print(error(lambda: m(1)))  # expect: RecursionError
class H:
    def __hash__(self):
        return hash((self,))
print(error(lambda: hash(H())))  # expect: RecursionError
class S:
    def __str__(self):
        return "%s" % self
print(error(lambda: str(S())))  # expect: RecursionError
class L:
    def __len__(self):
        return len(self)
print(error(lambda: len(L())))  # expect: RecursionError
class C:
    pass
C.__call__ = C()
print(error(lambda: C()()))  # expect: RecursionError
class I:
    def __init__(self):
        I()
print(error(I))  # expect: RecursionError
print("still alive", sorted([3, 1, 2], key=lambda v: -v))  # expect: still alive [3, 2, 1]
while nested:
    nested = nested[0]
