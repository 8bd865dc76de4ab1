"""nonlocal rebinds the closest enclosing function's variable."""
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step, lambda: n
step, peek = counter()
print(step(), step(5), peek())  # expect: 1 6 6
def outer():
    x = "outer"
    def middle():
        def inner():
            nonlocal x
            x = "changed"
        inner()
        return x
    return middle(), x
print(outer())  # expect: ('changed', 'changed')
def layers():
    x = 1
    def f():
        x = 2
        def g():
            nonlocal x
            x = 3
        g()
        return x
    return f(), x
print(layers())  # expect: (3, 1)
def deletes():
    x = 1
    def f():
        nonlocal x
        del x
    f()
    try:
        return x
    except UnboundLocalError as error:
        return str(error)
print(deletes())  # expect: cannot access local variable 'x' where it is not associated with a value
for source in "def f():\n nonlocal q", "nonlocal q", "def f(a):\n nonlocal a", "def f():\n x = 1\n global x", "def f(x):\n global x", "def f():\n print(x)\n global x", "x = 0\ndef f():\n x = 1\n def g():\n  x\n  nonlocal x":
    try:
        exec(source)
    except SyntaxError as error:
        print(error.msg)
# expect: no binding for nonlocal 'q' found
# expect: nonlocal declaration not allowed at module level
# expect: name 'a' is parameter and nonlocal
# expect: name 'x' is assigned to before global declaration
# expect: name 'x' is parameter and global
# expect: name 'x' is used prior to global declaration
# expect: name 'x' is used prior to nonlocal declaration
