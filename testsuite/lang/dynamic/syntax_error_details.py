"""SyntaxError attributes and common messages."""
def check(source):
    try:
        compile(source, "<s>", "exec")
        return "no error"
    except SyntaxError as e:
        return f"{type(e).__name__} {e.lineno}:{e.offset} {e.msg}"
print(check("x = = 1"))  # expect: SyntaxError 1:5 invalid syntax
print(check("if x\n  pass"))  # expect: SyntaxError 1:5 expected ':'
print(check("print 'hello'"))  # expect: SyntaxError 1:1 Missing parentheses in call to 'print'. Did you mean print(...)?
print(check("x = (1,\n"))  # expect: SyntaxError 1:5 '(' was never closed
print(check("x = ]"))  # expect: SyntaxError 1:5 unmatched ']'
print(check("x = (]"))  # expect: SyntaxError 1:6 closing parenthesis ']' does not match opening parenthesis '('
print(check("  indented"))  # expect: IndentationError 1:2 unexpected indent
print(check("if 1:\npass"))  # expect: IndentationError 2:1 expected an indented block after 'if' statement on line 1
print(check("if 1:\n    a\n  b"))  # expect: IndentationError 3:4 unindent does not match any outer indentation level
print(check("x = 'abc"))  # expect: SyntaxError 1:5 unterminated string literal (detected at line 1)
print(check("x = '''abc"))  # expect: SyntaxError 1:5 unterminated triple-quoted string literal (detected at line 1)
print(check("1 = x"))  # expect: SyntaxError 1:1 cannot assign to literal here. Maybe you meant '==' instead of '='?
print(check("f() = 1"))  # expect: SyntaxError 1:1 cannot assign to function call here. Maybe you meant '==' instead of '='?
print(check("x + 1 = 2"))  # expect: SyntaxError 1:1 cannot assign to expression here. Maybe you meant '==' instead of '='?
print(check("if x = 1: pass"))  # expect: SyntaxError 1:4 invalid syntax. Maybe you meant '==' or ':=' instead of '='?
print(check("return 1"))  # expect: SyntaxError 1:1 'return' outside function
print(check("yield 1"))  # expect: SyntaxError 1:1 'yield' outside function
print(check("break"))  # expect: SyntaxError 1:1 'break' outside loop
print(check("continue"))  # expect: SyntaxError 1:1 'continue' not properly in loop
print(check("def f():\n  await x"))  # expect: SyntaxError 2:3 'await' outside async function
print(check("class C:\n  return 1"))  # expect: SyntaxError 2:3 'return' outside function
print(check("x = 5a"))  # expect: SyntaxError 1:5 invalid decimal literal
print(check("a b c"))  # expect: SyntaxError 1:3 invalid syntax
print(check("for x in y z: pass"))  # expect: SyntaxError 1:12 invalid syntax
print(check("try:\n  pass"))  # expect: SyntaxError 2:7 expected 'except' or 'finally' block
print(check("try:\n  pass\nexcept:\n  pass\nexcept E:\n  pass"))  # expect: SyntaxError 3:1 default 'except:' must be last
print(check("\u00d7 = 1"))  # expect: SyntaxError 1:1 invalid character '×' (U+00D7)
print(check("x = $"))  # expect: SyntaxError 1:5 invalid syntax
print(check("def f(x):\n  global x"))  # expect: SyntaxError 2:3 name 'x' is parameter and global
print(check("a, b += 1"))  # expect: SyntaxError 1:1 'tuple' is an illegal expression for augmented assignment
print(check("{1: 2, 3}"))  # expect: SyntaxError 1:8 ':' expected after dictionary key
print(check("{1:}"))  # expect: SyntaxError 1:3 expression expected after dictionary key and ':'
print(check("async def f():\n yield 1\n return 2"))  # expect: SyntaxError 3:2 'return' with value in async generator
print(check("else: pass"))  # expect: SyntaxError 1:1 invalid syntax
