"""Chained targets and annotated assignments."""
a = b[0] if (b := [1]) else None
print(a, b)  # expect: 1 [1]
x = y = z = 0
print(x, y, z)  # expect: 0 0 0
l = [0, 1]
k = 1
i = l[0] = 5
print(i, l)  # expect: 5 [5, 1]
n: int = 5
m: "undefined name" = 6
print(n, m)  # expect: 5 6
class C:
    a: int
    b: str = "s"
    c: "list[int]" = []
print(hasattr(C, "a"), C.b, sorted(C.__annotations__))  # expect: False s ['a', 'b', 'c']
def f():
    v: int
    try:
        v
    except UnboundLocalError as error:
        return str(error)
print(f())  # expect: cannot access local variable 'v' where it is not associated with a value
(p): int = 1
l[0]: int = 9
C.z: str = "attr"
print(p, l, C.z)  # expect: 1 [9, 1] attr
t: tuple = 1, 2
print(t)  # expect: (1, 2)
for source in "a, b: int = 1", "(a, b): int", "f(): int", "[a]: int = 1", "a: int = b: int = 1":
    try:
        compile(source, "ann", "exec")
    except SyntaxError as error:
        print(error.msg)
# expect: only single target (not tuple) can be annotated
# expect: only single target (not tuple) can be annotated
# expect: illegal target for annotation
# expect: only single target (not list) can be annotated
# expect: invalid syntax
