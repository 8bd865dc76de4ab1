"""Errors at compile time and at run time."""
for source in "f'{}'", "f'{a'", "f'}'", "f'{a!x}'", "f'{a!}'", "f'{lambda x: 1}'", "f'{!r}'", "f'{a b}'":
    try:
        compile(source, "f", "eval")
        print(source, "compiled")
    except SyntaxError as error:
        print(source, type(error).__name__)
# expect: f'{}' SyntaxError
# expect: f'{a' SyntaxError
# expect: f'}' SyntaxError
# expect: f'{a!x}' SyntaxError
# expect: f'{a!}' SyntaxError
# expect: f'{lambda x: 1}' SyntaxError
# expect: f'{!r}' SyntaxError
# expect: f'{a b}' SyntaxError
def run(source):
    try:
        return eval(source)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
print(run("f'{1:s}'"))  # expect: ValueError: Unknown format code 's' for object of type 'int'
print(run("f'{\"a\":d}'"))  # expect: ValueError: Unknown format code 'd' for object of type 'str'
print(run("f'{1.5:d}'"))  # expect: ValueError: Unknown format code 'd' for object of type 'float'
print(run("f'{[]:>5}'"))  # expect: TypeError: unsupported format string passed to list.__format__
print(run("f'{1:.2d}'"))  # expect: ValueError: Precision not allowed in integer format specifier
print(run("f'{\"a\":+}'"))  # expect: ValueError: Sign not allowed in string format specifier
print(run("f'{1:,x}'"))  # expect: ValueError: Cannot specify ',' with 'x'.
print(run("f'{undefined}'"))  # expect: NameError: name 'undefined' is not defined
print(run("f'{1/0}'") != "", run("f'{object():x}'"))  # expect: True TypeError: unsupported format string passed to object.__format__
print(run("f'{1:5%%}'"))  # expect: ValueError: Invalid format specifier '5%%' for object of type 'int'
