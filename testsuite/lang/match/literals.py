"""Literal, value and wildcard patterns."""
def f(x):
    match x:
        case 0: return "zero"
        case -1 | -2: return "negative"
        case 1.5: return "float"
        case 2 + 3j: return "complex"
        case "a" "b": return "ab"
        case b"bytes": return "bytes"
        case None: return "none"
        case True: return "true"
        case _: return "other"
for x in 0, -2, 1.5, 2 + 3j, "ab", b"bytes", None, True, False, 1, 0.0, "a":
    print(repr(x), f(x))
# expect: 0 zero
# expect: -2 negative
# expect: 1.5 float
# expect: (2+3j) complex
# expect: 'ab' ab
# expect: b'bytes' bytes
# expect: None none
# expect: True true
# expect: False zero
# expect: 1 other
# expect: 0.0 zero
# expect: 'a' other
class Color:
    RED = "red"
    class Deep:
        VALUE = 5
def g(x):
    match x:
        case Color.RED: return "RED"
        case Color.Deep.VALUE: return "deep"
        case name: return f"captured {name}"
print(g("red"), g(5), g("blue"))  # expect: RED deep captured blue
class Eq:
    def __eq__(self, other):
        print("eq", other)
        return other == 3
match Eq():
    case 1: print("one")  # expect: eq 1
    case None: print("none uses identity")
    case 3: print("three")
    # expect: eq 3
    # expect: three
