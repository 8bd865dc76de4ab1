# min-python: 3.14
"""Several exception types without parentheses (PEP 758)."""
def f(error):
    try:
        raise error
    except ValueError, KeyError:
        return "value or key"
    except OSError, EOFError, ArithmeticError:
        return "one of three"


print(f(ValueError()), f(KeyError()))  # expect: value or key value or key
print(f(EOFError()), f(ZeroDivisionError()))  # expect: one of three one of three
try:
    raise ExceptionGroup("group", [TypeError("t"), ValueError("v")])
except* TypeError, ValueError:
    print("group")  # expect: group
try:
    compile("try: pass\nexcept ValueError, KeyError as e: pass", "x", "exec")
except SyntaxError as error:
    print(type(error).__name__)  # expect: SyntaxError
