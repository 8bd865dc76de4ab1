"""__future__ imports and sys.flags-free feature checks."""
from __future__ import annotations, division, print_function
import __future__
def f(x: NotDefined, y: 1 / 0 = 2) -> "quoted": return x
print(f.__annotations__, f(1))  # expect: {'x': 'NotDefined', 'y': '1 / 0', 'return': "'quoted'"} 1
class C:
    a: also_undefined
    b: list[int] = []
print(C.__annotations__)  # expect: {'a': 'also_undefined', 'b': 'list[int]'}
x: Some.Thing[1:2] = 5
print(x, 7 / 2, __future__.annotations.mandatory is None, "division" in __future__.all_feature_names)  # expect: 5 3.5 True True
import typing
def g(a: int, b: "list[str]") -> C: ...
print(typing.get_type_hints(g) == {"a": int, "b": list[str], "return": C})  # expect: True
try: typing.get_type_hints(f)
except NameError as e: print(e)  # expect: name 'NotDefined' is not defined
lam = lambda: (lambda a: a)
print(lam()(3), f.__annotations__["x"].upper(), type(f.__annotations__["y"]).__name__)  # expect: 3 NOTDEFINED str
for source in "from __future__ import braces", "from __future__ import nested_scopes, zzz", "x = 1; from __future__ import division":
    try: compile(source, "f", "exec")
    except SyntaxError as e: print(e.msg)
# expect: not a chance
# expect: future feature zzz is not defined
# expect: from __future__ imports must occur at the beginning of the file
