"""Assignment expressions."""
if (n := 10) > 5:
    print(n)  # expect: 10
print([y := 1, y ** 2, y + 1], y)  # expect: [1, 1, 2] 1
data = iter([1, 2, 0, 3])
while (item := next(data)):
    print("item", item)
# expect: item 1
# expect: item 2
print([last := x for x in range(5)], last)  # expect: [0, 1, 2, 3, 4] 4
def f():
    total = 0
    partial = [total := total + v for v in range(5)]
    return partial, total
print(f())  # expect: ([0, 1, 3, 6, 10], 10)
print(any((witness := c) > 3 for c in [1, 5, 2]), witness)  # expect: True 5
def kw(a=(z := 7), *args):
    return a
print(kw(), z, kw(b := 2), b)  # expect: 7 7 2 2
print({(k := "key"): (v := 1)}, k, v)  # expect: {'key': 1} key 1
print(f"{(w := 3)}", f"{w:=5}")  # expect: 3     3
x = (a := 1, 2)
print(x, a)  # expect: (1, 2) 1
lambda_value = (lambda: (inner := 5) + inner)()
print(lambda_value)  # expect: 10
for source in "(x.y := 1)", "(x[0] := 1)", "x := 1", "[i := 0 for i in range(5)]", "f(a:=1, b=2) if 0 else f(a=b:=1)", "class C:\n [q := 1 for _ in [1]]", "def f(): [i for i in (j := [1])]", "((a, b) := 1)":
    try:
        compile(source, "w", "exec")
        print("compiled")
    except SyntaxError as error:
        print(error.msg)
# expect: cannot use assignment expressions with attribute
# expect: cannot use assignment expressions with subscript
# expect: invalid syntax
# expect: assignment expression cannot rebind comprehension iteration variable 'i'
# expect: invalid syntax
# expect: assignment expression within a comprehension cannot be used in a class body
# expect: assignment expression cannot be used in a comprehension iterable expression
# expect: cannot use assignment expressions with tuple
