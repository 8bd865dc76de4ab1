# One code object in several namespaces: each function, generator and loop finds its own globals and builtins.
import types

SOURCE = """
def loop(n):
    s = 0
    for i in range(n):
        s += K
    return s
def read():
    return K
def calls(n):
    s = 0
    for i in range(n):
        s += read()
    return s
def items(n):
    for i in range(n):
        yield K
def consumes(n):
    s = 0
    for item in items(n):
        s += item
    return s
def recursive(n):
    return K if n == 0 else K + recursive(n - 1)
class C:
    def method(self):
        return K
    @property
    def prop(self):
        return K * 10
def members(n):
    c, s = C(), 0
    for i in range(n):
        s += c.method() + c.prop
    return s
def inner(n):
    def read_too():
        return K
    s = 0
    for i in range(n):
        s += read_too()
    return s
def expressions(n):
    return sum([K for i in range(n)]) + sum(K for i in range(n))
def builtin(n):
    s = 0
    for i in range(n):
        s += len("ab")
    return s
"""
NAMES = "loop calls consumes recursive members inner expressions builtin".split()
code = compile(SOURCE, "shared", "exec")
spaces = [{"K": 1}, {"K": 100}, {"K": 2.5}]
for space in spaces:
    exec(code, space)
for turn in range(4):
    for space in spaces:
        found = [space[name](60) for name in NAMES]
    print(found)
    if turn == 1:
        spaces[2]["K"] = 7
    if turn == 2:
        spaces[2]["len"] = lambda text: 50
# expect: [150.0, 150.0, 150.0, 152.5, 1650.0, 150.0, 300.0, 120]
# expect: [150.0, 150.0, 150.0, 152.5, 1650.0, 150.0, 300.0, 120]
# expect: [420, 420, 420, 427, 4620, 420, 840, 120]
# expect: [420, 420, 420, 427, 4620, 420, 840, 3000]
print([space["loop"](60) for space in spaces])  # expect: [60, 6000, 420]


def template(n):
    for i in range(n):
        yield K


one, ten = (types.FunctionType(template.__code__, {"K": value}) for value in (1, 10))
totals = []
for turn in range(60):
    total = 0
    for item in (one if turn % 3 else ten)(5):
        total += item
    totals.append(total)
print(totals[:6], sum(totals))  # expect: [50, 5, 5, 50, 5, 5] 1200

loop = compile("for i in range(60):\n    total += K", "loop", "exec")
for value in 1, 2, 0.5:
    space = {"K": value, "total": 0}
    exec(loop, space)
    print(space["total"])
# expect: 60
# expect: 120
# expect: 30.0

function = compile("def f(n):\n    s = 0\n    for i in range(n):\n        s += len('abc')\n    return s", "builtins", "exec")
spaces = [{}, {"__builtins__": {"range": range, "len": lambda text: 9}}, {"__builtins__": {"range": range}}]
for space in spaces:
    exec(function, space)
for turn in range(3):
    for space in spaces:
        try:
            print(space["f"](40), end=" ")
        except NameError:
            print("no len", end=" ")
print()  # expect: 120 360 no len 120 360 no len 120 360 no len
