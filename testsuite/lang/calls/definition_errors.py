"""Syntax errors of parameter lists."""
sources = ["def f(a, a): pass", "def f(a=1, b): pass", "def f(*): pass", "def f(*, **k): pass", "def f(**k, a): pass",
    "def f(*a, *b): pass", "def f(a, /, b, /): pass", "def f(/): pass", "def f(*a, /): pass", "def f(*, a, a): pass", "lambda x, x: 0",
    "def f(a, *, b=1, c): pass", "def f(*a=1): pass", "def f(**k=1): pass", "def f((a, b)): pass", "def f(None): pass", "def f(a=): pass", "lambda *: 0"]
for source in sources:
    try:
        compile(source, "d", "exec")
        print("ok:", source)
    except SyntaxError as error:
        print(error.msg.replace("duplicate argument", "duplicate parameter"))  # the word of 3.14
# expect: duplicate parameter 'a' in function definition
# expect: parameter without a default follows parameter with a default
# expect: named arguments must follow bare *
# expect: named arguments must follow bare *
# expect: arguments cannot follow var-keyword argument
# expect: * argument may appear only once
# expect: / may appear only once
# expect: invalid syntax
# expect: / must be ahead of *
# expect: duplicate parameter 'a' in function definition
# expect: duplicate parameter 'x' in function definition
# expect: ok: def f(a, *, b=1, c): pass
# expect: var-positional argument cannot have default value
# expect: var-keyword argument cannot have default value
# expect: Function parameters cannot be parenthesized
# expect: invalid syntax
# expect: expected default value expression
# expect: named arguments must follow bare *
