"""Instance, class and base attributes."""
class A:
    shared = []
    value = 1
    def __init__(self):
        self.own = 2
class B(A):
    value = 3
a, b = A(), B()
a.shared.append("x")
a.value = 10
print(b.shared, a.value, A.value, b.value, b.own, B.__dict__.get("own"))  # expect: ['x'] 10 1 3 2 None
del a.value
print(a.value)  # expect: 1
try:
    del a.value
except AttributeError as error:
    print(error)  # expect: 'A' object has no attribute 'value'
try:
    a.missing
except AttributeError as error:
    print(error, error.name, error.obj is a)  # expect: 'A' object has no attribute 'missing' missing True
try:
    A.missing
except AttributeError as error:
    print(error)  # expect: type object 'A' has no attribute 'missing'
B.shared = ["new"]
print(a.shared, b.shared)  # expect: ['x'] ['new']
A.late = "late"
print(b.late, hasattr(b, "late"), getattr(b, "nope", "default"))  # expect: late True default
setattr(b, "weird name", 5)
print(getattr(b, "weird name"), vars(b))  # expect: 5 {'own': 2, 'weird name': 5}
b.__dict__["injected"] = 6
print(b.injected)  # expect: 6
b.__dict__ = {"only": 1}
print(b.only, hasattr(b, "own"))  # expect: 1 False
try:
    (5).x = 1
except AttributeError as error:
    print(error)  # expect: 'int' object has no attribute 'x' and no __dict__ for setting new attributes
try:
    object().x = 1
except AttributeError as error:
    print(error)  # expect: 'object' object has no attribute 'x' and no __dict__ for setting new attributes
try:
    int.x = 1
except TypeError as error:
    print(error)  # expect: cannot set 'x' attribute of immutable type 'int'
try:
    b.__dict__ = 5
except TypeError as error:
    print(error)  # expect: __dict__ must be set to a dictionary, not a 'int'
try:
    setattr(a, 5, 1)
except TypeError as error:
    print(error)  # expect: attribute name must be string, not 'int'
