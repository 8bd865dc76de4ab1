# min-python: 3.14
"""Template string literals (PEP 750)."""
from string.templatelib import Interpolation, Template

name = "x"
t = t"a {name} b {1 + 1!r:>5} c"
print(type(t) is Template)  # expect: True
print(t.strings)  # expect: ('a ', ' b ', ' c')
print(t.values)  # expect: ('x', 2)
first, second = t.interpolations
print(first.value, first.expression, first.conversion, repr(first.format_spec))  # expect: x name None ''
print(second.value, second.expression, second.conversion, second.format_spec)  # expect: 2 1 + 1 r >5
print([part if isinstance(part, str) else part.value for part in t])  # expect: ['a ', 'x', ' b ', 2, ' c']
print((t"a" + t"{name}").strings)  # expect: ('a', '')
print(t"".strings, t"{{}}".strings)  # expect: ('',) ('{}',)


def render(template):
    out = []
    for part in template:
        match part:
            case str():
                out.append(part)
            case Interpolation(value, _, conversion, spec):
                out.append(format(repr(value) if conversion == "r" else value, spec))
    return "".join(out)


print(render(t))  # expect: a x b     2 c
