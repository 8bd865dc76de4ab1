"""str.format: fields, indexes, attributes, conversions."""
class P:
    x = 7
    items = {"k": [10, 20]}
print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{a}{b}".format(a=1, b=2), "{0}{k}".format(0, k=1))  # expect: 1 2 b a b 12 01
print("{0.x} {0.items[k][1]} {1[0]} {1[-1]}".format(P, {0: "zero", "-1": "text"}))  # expect: 7 20 zero text
print("{!r:>5}|{!s}|{!a}".format("a", "b", "é"), "{{}} {{{}}}".format(5), "{:{}{}}".format(3, ">", 4))  # expect:   'a'|b|'\xe9' {} {5}    3
print("{0:.{1}f} {0:{w}.{p}}".format(3.14159, 2, w=8, p=3), "{:,} {:%}".format(10 ** 6, 0.25))  # expect: 3.14     3.14 1,000,000 25.000000%
print("{a.real:+}".format(a=5), "{[a]}".format({"a": 1}), "{.__class__.__name__}".format(1))  # expect: +5 1 int
def error(template, *args, **kwargs):
    try:
        return template.format(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error("{} {}", 1))  # expect: IndexError: Replacement index 1 out of range for positional args tuple
print(error("{a}"))  # expect: KeyError: 'a'
print(error("{0} {}", 1))  # expect: ValueError: cannot switch from manual field specification to automatic field numbering
print(error("{} {0}", 1))  # expect: ValueError: cannot switch from automatic field numbering to manual field specification
print(error("{"))  # expect: ValueError: Single '{' encountered in format string
print(error("}"))  # expect: ValueError: Single '}' encountered in format string
print(error("{0"))  # expect: ValueError: expected '}' before end of string
print(error("{!x}", 1))  # expect: ValueError: Unknown conversion specifier x
print(error("{!}", 1))  # expect: ValueError: unmatched '{' in format spec
print(error("{0.y}", 1))  # expect: AttributeError: 'int' object has no attribute 'y'
print(error("{0[a]}", [1]))  # expect: TypeError: list indices must be integers or slices, not str
print(error("{0[5]}", [1]))  # expect: IndexError: list index out of range
print(error("{0.}", 1))  # expect: ValueError: Empty attribute in format string
print(error("{0[]}", 1))  # expect: ValueError: Empty attribute in format string
print(error("{:{:{}}}", 1, 2, 3))  # expect: ValueError: Max string recursion exceeded
print("{x}".format_map({"x": 1}), "{a}{b}".format_map(type("D", (dict,), {"__missing__": lambda s, k: k * 2})(a=0)))  # expect: 1 0bb
