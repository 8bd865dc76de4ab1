"""Context managers: order of enter and exit."""
class M:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter": raise ValueError("enter " + self.name)
        return self.name.upper()
    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value)
        if self.fail == "exit": raise KeyError("exit " + self.name)
        return self.suppress
with M("a") as x:
    print("body", x)
# expect: enter a
# expect: body A
# expect: exit a None None
with M("a") as x, M("b") as y:
    print(x, y)
# expect: enter a
# expect: enter b
# expect: A B
# expect: exit b None None
# expect: exit a None None
with (M("p"), M("q") as q,):
    print(q)
# expect: enter p
# expect: enter q
# expect: Q
# expect: exit q None None
# expect: exit p None None
with M("s", suppress=True):
    raise ValueError("suppressed")
    print("not reached")
# expect: enter s
# expect: exit s ValueError suppressed
print("after")  # expect: after
try:
    with M("a"), M("b", suppress=False):
        raise ValueError("through")
    # expect: enter a
    # expect: enter b
    # expect: exit b ValueError through
    # expect: exit a ValueError through
except ValueError as error:
    print("caught", error)  # expect: caught through
try:
    with M("a", suppress=True), M("b", fail="exit"):
        raise ValueError("body")
    # expect: enter a
    # expect: enter b
    # expect: exit b ValueError body
    # expect: exit a KeyError 'exit b'
except KeyError as error:
    print("not here")
print("outer suppressed the exit error")  # expect: outer suppressed the exit error
try:
    with M("a"), M("b", fail="enter"):
        print("no body")
    # expect: enter a
    # expect: enter b
    # expect: exit a ValueError enter b
except ValueError as error:
    print("caught", error)  # expect: caught enter b
try:
    with M("x", fail="exit"):
        raise ValueError("first")
    # expect: enter x
    # expect: exit x ValueError first
except KeyError as error:
    print(repr(error), repr(error.__context__))  # expect: KeyError('exit x') ValueError('first')
