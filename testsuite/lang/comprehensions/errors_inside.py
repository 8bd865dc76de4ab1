"""Exceptions pass through comprehensions; earlier effects stay."""
seen = []
try:
    [seen.append(1 / x) for x in (1, 2, 0, 4)]
except ZeroDivisionError:
    print(seen)  # expect: [1.0, 0.5]
def f():
    try:
        return [int(x) for x in ["1", "x"]]
    except ValueError as error:
        return str(error)
print(f())  # expect: invalid literal for int() with base 10: 'x'
try:
    {[]: 1 for _ in range(1)}
except TypeError as error:
    print(type(error).__name__)  # expect: TypeError
try:
    [x for x, y in [(1, 2), (3,)]]
except ValueError as error:
    print(error)  # expect: not enough values to unpack (expected 2, got 1)
try:
    [undefined_x for x in [1]]
except NameError as error:
    print(error)  # expect: name 'undefined_x' is not defined
try:
    [x for x in undefined_y]
except NameError as error:
    print(error)  # expect: name 'undefined_y' is not defined
def unbound():
    try:
        [late for _ in [1]]
    except NameError as error:
        print(type(error).__name__, error)
    late = 1
unbound()  # expect: UnboundLocalError cannot access local variable 'late' where it is not associated with a value
for source in "[x for x in 1, 2]", "[x, y for x in y]", "[for x in y]", "{**x for x in y}", "[*x for x in y]", "{a: b, c for d in e}", "(yield for x in y)", "[(yield x) for x in y]":
    try:
        compile(source, "c", "eval")
        print("compiled", source)
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
