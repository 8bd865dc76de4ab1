# min-python: 3.14
"""Annotations are evaluated on demand (PEP 649)."""
def f(a: Later, b: 1 / 0 = 0): ...


print(f(1))  # expect: None
try:
    f.__annotations__
except NameError as error:
    print(error)  # expect: name 'Later' is not defined
Later = int
try:
    f.__annotations__
except ZeroDivisionError as error:
    print(error)  # expect: division by zero


class Node:
    next: Node | None
    values: list[Node]


print(Node.__annotations__["next"] == Node | None)  # expect: True
print(Node.__annotations__["values"] == list[Node])  # expect: True
import annotationlib


class Forward:
    x: Missing
    y: int


print(annotationlib.get_annotations(Forward, format=annotationlib.Format.STRING))  # expect: {'x': 'Missing', 'y': 'int'}
print(annotationlib.get_annotations(Forward, format=annotationlib.Format.FORWARDREF)["y"])  # expect: <class 'int'>
print(Forward.__annotate__ is not None, f.__annotate__ is not None)  # expect: True True
