"""exec and eval with namespaces."""
x = 1
print(eval("x + 1"), eval("x", {"x": 10}), eval("x + y", {"x": 1}, {"y": 2}), eval("  1 + 1  "), eval("x", {"x": 1}, {"x": 2}))  # expect: 2 10 3 2 2
g = {}
exec("a = 1\ndef f(): return a\nclass C: b = a", g)
print(g["f"](), g["C"].b, sorted(k for k in g if k != "__builtins__"), "__builtins__" in g)  # expect: 1 1 ['C', 'a', 'f'] True
loc = {}
exec("z = 5; del z; w = 6", {}, loc)
print(loc)  # expect: {'w': 6}
exec("def f(): return hidden", {"hidden": "global"}, loc)
print(loc["f"]())  # expect: global
exec("q = 1\ndef f():\n    try: return q\n    except NameError as e: return str(e)\nr = f()", {}, loc)
print(loc["r"])  # expect: name 'q' is not defined
def func():
    y = 5
    exec("y = 6; new = 7")
    return y, eval("y"), [eval("y", {"y": i}) for i in range(2)]
print(func())  # expect: (5, 5, [0, 1])
class Map:
    def __getitem__(self, k): return k.upper()
print(eval("name + other", {}, Map()))  # expect: NAMEOTHER
for source in "1 +", "x = 1", "import os", "", "yield 1", "return", "break", "a b", "(1, 2", "\n\n 1":
    try:
        print(repr(eval(source)))
    except SyntaxError as error:
        print(type(error).__name__)
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: IndentationError
for args in (5,), ("1", 5), ("1", {}, 5), (None,), ("1\0",):
    try:
        print(eval(*args))
    except (TypeError, SyntaxError, ValueError) as error:
        print(type(error).__name__, error)
# expect: TypeError eval() arg 1 must be a string, bytes or code object
# expect: TypeError globals must be a dict
# expect: TypeError locals must be a mapping
# expect: TypeError eval() arg 1 must be a string, bytes or code object
# expect: SyntaxError source code string cannot contain null bytes
print(eval(b"1 + 2"), eval(compile("3", "f", "eval")), exec("pass"), eval(compile("x = 9", "f", "exec")), x)  # expect: 3 3 None None 9
print(eval("[i for i in range(n)]", {"n": 3}), eval("lambda: v", {"v": 4})(), eval("(w := 5) + w"))  # expect: [0, 1, 2] 4 10
