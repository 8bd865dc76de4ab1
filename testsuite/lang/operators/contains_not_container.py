# min-python: 3.14
"""in and not in with something that is neither container nor iterable."""
for value in 1, None, 1.5, len, int, object:
    try:
        "x" in value
    except TypeError as error:
        print(error)
# expect: argument of type 'int' is not a container or iterable
# expect: argument of type 'NoneType' is not a container or iterable
# expect: argument of type 'float' is not a container or iterable
# expect: argument of type 'builtin_function_or_method' is not a container or iterable
# expect: argument of type 'type' is not a container or iterable
# expect: argument of type 'type' is not a container or iterable
