"""compile modes, code objects and line numbers."""
code = compile("a = 1\nb = a + 1\nprint(a, b)", "<name>", "exec")
exec(code)  # expect: 1 2
print(code.co_filename, code.co_name, code.co_firstlineno, type(code).__name__)  # expect: <name> <module> 1 code
e = compile("1 + 2", "x", "eval")
print(eval(e), eval(e))  # expect: 3 3
single = compile("5 * 5", "x", "single")
exec(single)  # expect: 25
exec(compile("None", "x", "single"))
exec(compile("for i in range(2): i\n", "x", "single"))
# expect: 0
# expect: 1
for args in ("x = 1", "f", "eval"), ("1", "f", "bad"), ("1", "f", "exec", 10 ** 6), ("a\nb", "f", "single"), (5, "f", "exec"):
    try:
        compile(*args)
        print("ok")
    except (SyntaxError, ValueError, TypeError) as error:
        print(type(error).__name__, str(error).split(" (")[0])
# expect: SyntaxError invalid syntax
# expect: ValueError compile() mode must be 'exec', 'eval' or 'single'
# expect: ValueError compile(): unrecognised flags
# expect: SyntaxError multiple statements found while compiling a single statement
# expect: TypeError compile() arg 1 must be a string, bytes or AST object
import ast
tree = ast.parse("1 + 2 * x", mode="eval")
print(eval(compile(tree, "t", "eval"), {"x": 4}), ast.unparse(tree))  # expect: 9 1 + 2 * x
try:
    exec(compile("x = 1\n\n\n1 / 0\n", "lines", "exec"))
except ZeroDivisionError as error:
    tb = error.__traceback__.tb_next
    print(tb.tb_lineno, tb.tb_frame.f_code.co_filename)  # expect: 4 lines
def f():
    """d"""
    return 1, "two", None, (3, 4)
print([c for c in f.__code__.co_consts if isinstance(c, str)][0], f.__code__.co_names, f.__code__.co_stacksize > 0)  # expect: d () True
new = f.__code__.replace(co_name="renamed")
print(new.co_name, new == f.__code__, hash(f.__code__) == hash(f.__code__))  # expect: renamed False True
import types
print(types.FunctionType(new, {}, "made")(), types.FunctionType((lambda a, b: (a, b)).__code__, {}, "g", (9,))(1))
# expect: (1, 'two', None, (3, 4)) (1, 9)
